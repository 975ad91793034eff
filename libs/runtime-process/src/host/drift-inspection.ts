import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DriftFinding } from '@slipway/runtime-target';
import type { Host } from './host';
import { findStrangers } from './orphans';

/**
 * What was done to a slot behind the host's back: files of its artifacts that are not as they were unpacked, and processes
 * that write into its logs and are no replica of it.
 */
export function inspectSlot(host: Host, slotId: string): { findings: readonly DriftFinding[] } {
  const artifacts = new Set(host.slot(slotId).usedArtifacts);
  const findings = [...artifacts].flatMap((digest) => inspectArtifact(host, digest));
  for (const { pid, log } of findStrangers(join(host.logDirectory(slotId), '..', '..'), host.sessions())) {
    if (log.startsWith(`${slotId}/`))
      findings.push({ kind: 'extra', what: `pid ${pid}`, detail: `a process that is no replica of this slot writes into ${log}` });
  }
  return { findings };
}

function inspectArtifact(host: Host, digest: string): DriftFinding[] {
  const root = host.artifacts.pathOf(digest);
  return host.artifacts.inventory(digest).flatMap((file): DriftFinding[] => {
    const path = join(root, file.path);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return [{ kind: 'missing', what: file.path, detail: `a file of artifact ${digest} is gone from this host` }];
    const same = found.size === file.size && createHash('sha256').update(readFileSync(path)).digest('hex') === file.sha256;
    return same
      ? []
      : [{ kind: 'changed', what: file.path, detail: `a file of artifact ${digest} was changed on this host after it was unpacked` }];
  });
}
