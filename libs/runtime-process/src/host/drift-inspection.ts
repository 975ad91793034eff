import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DriftFinding } from '@slipway/runtime-target';
import type { InventoryEntry } from './artifact-unpack';
import type { Host } from './host';
import { findStrangers } from './orphans';

/**
 * What was done to a slot behind the host's back: files of its artifacts that are not as they were unpacked, and processes
 * that write into its logs and are no replica of it.
 */
export async function inspectSlot(host: Host, slotId: string): Promise<{ findings: readonly DriftFinding[] }> {
  const findings: DriftFinding[] = [];
  for (const digest of new Set(host.slot(slotId).runningArtifacts)) findings.push(...(await inspectArtifact(host, digest)));
  if (!(await host.slot(slotId).isUntouched())) {
    findings.push({
      kind: 'changed',
      what: 'slot.json',
      detail: 'the manifest on disk was changed by hand; what runs is not affected until the host restarts',
    });
  }
  const slots = dirname(dirname(host.logDirectory(slotId)));
  for (const { pid, log } of findStrangers(slots, host.sessions())) {
    if (!log.startsWith(`${slotId}/`)) continue;
    findings.push({ kind: 'extra', what: `pid ${pid}`, detail: `a process that is no replica of this slot writes into ${log}` });
  }
  return { findings };
}

async function inspectArtifact(host: Host, digest: string): Promise<DriftFinding[]> {
  const root = host.artifacts.pathOf(digest);
  const findings: DriftFinding[] = [];
  for (const file of host.artifacts.inventory(digest)) {
    const kind = await inspectFile(join(root, file.path), file);
    if (kind === null) continue;
    const what = kind === 'missing' ? 'is gone' : 'was changed on this host after it was unpacked';
    findings.push({ kind, what: file.path, detail: `a file of artifact ${digest} ${what}` });
  }
  return findings;
}

/** Only a file that was touched is read again. */
async function inspectFile(path: string, file: InventoryEntry): Promise<'missing' | 'changed' | null> {
  try {
    const found = await stat(path, { bigint: true });
    if (found.size !== BigInt(file.size)) return 'changed';
    if (String(found.ctimeNs) === file.changedAt) return null;
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex') === file.sha256 ? null : 'changed';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
}
