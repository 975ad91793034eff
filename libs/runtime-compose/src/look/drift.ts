import { imageDigest, type ChangeInput, type DriftFinding } from '@slipway/runtime-target';
import { labelOf, nameOf, type ContainerDetails } from '../engine/container';
import type { ComposeManifest } from '../manifest/compose-manifest';
import { LABELS } from '../slot/slot-names';
import { keeps, type ComposeSlotStatus } from '../slot/slot-status';
import { observationOf } from './observe';

const MAX_NAMED = 10;

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
    ...ours(status, input, manifest).flatMap((container) => changed(status, container, manifest)),
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
  return [{ kind: 'changed', what: 'current release', detail: `wanted ${releaseId}, found ${current ?? 'none'}` }];
}

/** A replica that is not there, by the name that it had or would get. */
function missing(status: ComposeSlotStatus, input: ChangeInput, manifest: ComposeManifest): readonly DriftFinding[] {
  const present = ours(status, input, manifest);
  return Object.entries(manifest.scale).flatMap(([process, wanted]) => {
    const names = present.filter((container) => labelOf(container, LABELS.process) === process).map(nameOf);
    const stem = names[0]?.replace(/-\d+$/, '') ?? process;
    const gaps = Array.from({ length: wanted }, (_, index) => `${stem}-${index + 1}`).filter((name) => !names.includes(name));
    return gaps.slice(0, Math.max(0, wanted - names.length)).map((name) => ({
      kind: 'missing' as const,
      what: name,
      detail: `${names.length} of ${wanted} containers of ${process} exist: ${name} was removed`,
    }));
  });
}

/** What somebody changed of a container, or a state in which it does not work. */
function changed(status: ComposeSlotStatus, container: ContainerDetails, manifest: ComposeManifest): readonly DriftFinding[] {
  const what = nameOf(container);
  const process = labelOf(container, LABELS.process);
  const service = manifest.services[process];
  if (!service) return [{ kind: 'extra', what, detail: `the release has no process ${process}` }];
  const findings: DriftFinding[] = [];
  const replica = status.replicas.find(({ instanceId }) => instanceId === container.Id);
  const wanted = imageDigest(service.image);
  if (wanted !== undefined && replica?.image !== wanted) {
    findings.push({ kind: 'changed', what, detail: `image: wanted ${wanted}, found ${replica?.image ?? 'none'}` });
  }
  const environment = changedEnvironment(container, service['environment'] as Readonly<Record<string, string>> | undefined);
  if (environment.length > 0)
    findings.push({ kind: 'changed', what, detail: `environment: ${environment.slice(0, MAX_NAMED).join(', ')}` });
  const policy = container.HostConfig.RestartPolicy?.Name ?? '';
  const wantedPolicy = service['restart'];
  if (typeof wantedPolicy === 'string' && !wantedPolicy.startsWith(policy || 'no')) {
    findings.push({ kind: 'changed', what, detail: `restart policy: wanted ${wantedPolicy}, found ${policy || 'no'}` });
  }
  if (!container.State.Running)
    findings.push({ kind: 'missing', what, detail: `it is ${container.State.Status} (exit code ${container.State.ExitCode})` });
  else if (container.State.Paused) findings.push({ kind: 'changed', what, detail: 'it is paused' });
  return findings;
}

/** Names alone: a value may be a secret. */
function changedEnvironment(container: ContainerDetails, wanted: Readonly<Record<string, string>> = {}): readonly string[] {
  const found = new Map(
    (container.Config.Env ?? []).map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
  return Object.entries(wanted).flatMap(([name, value]) => {
    if (!found.has(name)) return [`${name} is missing`];
    const secret = /\$\{\w+\}/.test(value.replaceAll('$$', ''));
    return secret || found.get(name) === value.replaceAll('$$', '$') ? [] : [`${name} was changed`];
  });
}

function proxyDrift(status: ComposeSlotStatus, { slotId, releaseId }: ChangeInput, { serving }: ComposeManifest): readonly DriftFinding[] {
  if (!serving) return [];
  const { container, servers } = status.proxy;
  if (!container) return [{ kind: 'missing', what: 'slot proxy', detail: 'its container was removed: nothing answers on the routed port' }];
  if (!container.State.Running || !servers)
    return [{ kind: 'missing', what: 'slot proxy', detail: `it is ${container.State.Status} and does not answer` }];
  const { routes } = observationOf(slotId, { host: '' } as never, status, '');
  if (routes.length === 1 && routes[0]?.releaseId === releaseId) return [];
  const found = routes.map((route) => `${route.percent} % to ${route.releaseId}`).join(', ') || 'none';
  return [{ kind: 'changed', what: 'routes', detail: `wanted 100 % to ${releaseId}, found ${found}` }];
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
