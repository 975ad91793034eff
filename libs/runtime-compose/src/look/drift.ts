import type { ChangeInput, DriftFinding } from '@slipway/runtime-target';
import { howEnded, labelOf, nameOf, REMOVED, type ContainerDetails } from '../engine/container';
import type { ComposeManifest } from '../manifest/compose-manifest';
import { composeConnectionOf } from '../slot/compose-place';
import { LABELS, SlotNames } from '../slot/slot-names';
import { keeps, type ComposeSlotStatus } from '../slot/slot-status';
import { handChanges } from './container-changes';
import { observationOf } from './observe';

/** What a finding is about when it is no container. */
export const ROUTES = 'routes';
export const CURRENT = 'current release';

/** What differs at the host from the release that should run there. */
export function findDrift(status: ComposeSlotStatus | null, input: ChangeInput, manifest: ComposeManifest): readonly DriftFinding[] {
  const release = status?.releases.find(({ releaseId }) => releaseId === input.releaseId);
  if (!status || !release) {
    const running = status?.current ? `release ${status.current} runs there` : 'nothing of it is at the host';
    return [{ kind: 'missing', what: `release ${input.releaseId}`, detail: running }];
  }
  return [
    ...ownership(status, input),
    ...missing(status, input, manifest),
    ...ours(status, input, manifest).flatMap((container) => changed(status, container, input, manifest)),
    ...proxyDrift(status, input, manifest),
    ...extra(status, input),
  ];
}

const ours = (status: ComposeSlotStatus, { releaseId }: ChangeInput, { kept }: ComposeManifest): readonly ContainerDetails[] =>
  status.containers.filter(
    (container) => labelOf(container, LABELS.release) === releaseId || kept.includes(labelOf(container, LABELS.process)),
  );

function ownership({ current }: ComposeSlotStatus, { releaseId }: ChangeInput): readonly DriftFinding[] {
  if (current === releaseId) return [];
  return [{ kind: 'changed', what: CURRENT, detail: `wanted ${releaseId}, found ${current ?? 'none'}` }];
}

/** A replica that is not there, by the name that it had or would get. */
function missing(status: ComposeSlotStatus, input: ChangeInput, manifest: ComposeManifest): readonly DriftFinding[] {
  const present = ours(status, input, manifest);
  const names = namesOf(input);
  return Object.entries(manifest.scale).flatMap(([process, wanted]) => {
    const project = manifest.kept.includes(process) ? names.kept : names.release(input.releaseId);
    const found = present.filter((container) => labelOf(container, LABELS.process) === process).map(nameOf);
    const gaps = Array.from({ length: wanted }, (_, index) => `${project}-${process}-${index + 1}`).filter((name) => !found.includes(name));
    return gaps.slice(0, Math.max(0, wanted - found.length)).map((name) => ({
      kind: 'missing' as const,
      what: name,
      detail: `${REMOVED}: ${found.length} of ${wanted} containers of ${process} are left`,
    }));
  });
}

const namesOf = ({ access, slotId }: ChangeInput): SlotNames => new SlotNames(composeConnectionOf(access), slotId);

/** What somebody changed of a container, or a state in which it does not work. */
function changed(status: ComposeSlotStatus, container: ContainerDetails, input: ChangeInput, manifest: ComposeManifest): DriftFinding[] {
  const what = nameOf(container);
  const process = labelOf(container, LABELS.process);
  if (!manifest.services[process]) return [{ kind: 'extra', what, detail: `the release has no process ${process}` }];
  const changes = handChanges(status, container, manifest, namesOf(input)).map((detail): DriftFinding => ({
    kind: 'changed',
    what,
    detail,
  }));
  return container.State.Running ? changes : [...changes, { kind: 'missing', what, detail: howEnded(container) }];
}

function proxyDrift(status: ComposeSlotStatus, { slotId, releaseId }: ChangeInput, { serving }: ComposeManifest): readonly DriftFinding[] {
  if (!serving) return [];
  const { container, servers } = status.proxy;
  if (!container) return [{ kind: 'missing', what: 'slot proxy', detail: 'its container was removed: nothing answers on the routed port' }];
  if (!container.State.Running || !servers)
    return [{ kind: 'missing', what: 'slot proxy', detail: `it is ${container.State.Status} and does not answer` }];
  const { routes } = observationOf(slotId, { host: '' } as never, status, '');
  // Without a container that could serve there is no share to speak of: that it is missing says all.
  const serves = status.containers.some((container) => container.State.Running && labelOf(container, LABELS.process) === serving.service);
  if (!serves || (routes.length === 1 && routes[0]?.releaseId === releaseId)) return [];
  const found = routes.map((route) => `${route.percent} % to ${route.releaseId}`).join(', ') || 'none';
  return [{ kind: 'changed', what: ROUTES, detail: `wanted 100 % to ${releaseId}, found ${found}` }];
}

const dropped = (container: ContainerDetails): DriftFinding => ({
  kind: 'extra',
  what: nameOf(container),
  detail: `a container of ${labelOf(container, LABELS.process)}, which no release here has any more`,
});

/** Another release that runs and is not a way back that is kept for its time; a container of no release. */
function extra(status: ComposeSlotStatus, { releaseId }: ChangeInput): readonly DriftFinding[] {
  return status.containers.flatMap((container) => {
    const label = labelOf(container, LABELS.release);
    if (label === releaseId) return [];
    if (labelOf(container, LABELS.role) === 'kept')
      return status.releases.some((release) => keeps(release, container)) ? [] : [dropped(container)];
    const release = status.releases.find((candidate) => candidate.releaseId === label);
    if (release && release.removeAt !== null) return [];
    return [
      {
        kind: 'extra' as const,
        what: nameOf(container),
        detail: `a container of ${label ? `release ${label}` : 'no release'} that should not run here`,
      },
    ];
  });
}
