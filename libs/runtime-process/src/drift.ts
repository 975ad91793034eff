import { digestOf } from '@slipway/contracts';
import type { ChangeInput, DriftFinding } from '@slipway/runtime-target';
import type { SlotClient } from './client/slot-client';
import { asProcessManifest, fullScale } from './manifest';
import type { SlotStatus } from './protocol';

/** What differs, by name, between the slot and the release that should run in it. */
export async function findDrift(slot: SlotClient, input: ChangeInput): Promise<readonly DriftFinding[]> {
  const status = await slot.status();
  if (!status) return [{ kind: 'missing', what: `slot ${input.slotId}`, detail: 'nothing of this slot is on this host' }];
  return [
    ...releaseDrift(status, input),
    ...replicaDrift(status, input),
    ...extraReleases(status, input),
    ...(await slot.inspection()),
  ].slice(0, 100);
}

function releaseDrift(status: SlotStatus, { releaseId, manifestDigest }: ChangeInput): DriftFinding[] {
  const findings: DriftFinding[] = [];
  const release = status.releases.find((candidate) => candidate.releaseId === releaseId);
  if (!release)
    return [
      {
        kind: 'missing',
        what: `release ${releaseId}`,
        detail: status.current ? `release ${status.current} owns the slot` : 'the slot is empty',
      },
    ];
  if (status.current !== releaseId)
    findings.push({ kind: 'changed', what: 'owner', detail: `release ${status.current ?? 'none'} owns the slot` });
  if (digestOf(release.manifest) !== manifestDigest)
    findings.push({ kind: 'changed', what: 'manifest', detail: 'the host runs another manifest than was released' });
  const shares = status.routes.map((route) => `${route.releaseId} ${route.percent} %`).join(', ');
  if (status.routes.length !== 1 || status.routes[0]?.releaseId !== releaseId)
    findings.push({ kind: 'changed', what: 'routes', detail: `traffic goes to: ${shares || 'nothing'}` });
  if (status.port !== null && !status.listening)
    findings.push({ kind: 'changed', what: `port ${status.port}`, detail: 'another program holds the port of the slot' });
  return findings;
}

function replicaDrift(status: SlotStatus, { releaseId, manifest }: ChangeInput): DriftFinding[] {
  const replicas = status.replicas.filter((replica) => replica.releaseId === releaseId);
  return Object.entries(fullScale(asProcessManifest(manifest))).flatMap(([name, wanted]) => {
    const ours = replicas.filter((replica) => replica.process === name && replica.state !== 'stopping');
    const down = ours
      .filter((replica) => !replica.ready)
      .map((replica): DriftFinding => {
        const exit = replica.lastExit
          ? `, last exit ${replica.lastExit.signal ?? `code ${replica.lastExit.code}`} at ${replica.lastExit.at}`
          : '';
        return { kind: 'missing', what: replica.name, detail: `is ${replica.state} and not ready, ${replica.restarts} restarts${exit}` };
      });
    if (ours.length < wanted) down.push({ kind: 'missing', what: name, detail: `${ours.length} of ${wanted} replicas are there` });
    return down;
  });
}

/** A previous version that is kept for a while is no drift. */
const extraReleases = (status: SlotStatus, { releaseId }: ChangeInput): DriftFinding[] =>
  status.releases
    .filter(
      (release) =>
        release.releaseId !== releaseId &&
        !release.removing &&
        release.removeAt === null &&
        Object.values(release.scale).some((count) => count > 0),
    )
    .map((release) => ({ kind: 'extra', what: `release ${release.releaseId}`, detail: 'runs beside the release that should run alone' }));
