import { imageDigest } from '@slipway/runtime-target';
import { labelOf, nameOf, type ContainerDetails } from '../engine/container';
import type { ComposeManifest, ComposeService } from '../manifest/compose-manifest';
import { networksOf } from '../manifest/write-documents';
import { LABELS, type SlotNames } from '../slot/slot-names';
import type { ComposeSlotStatus } from '../slot/slot-status';

/** Labels that Compose itself puts on a container. */
const COMPOSE = { project: 'com.docker.compose.project', number: 'com.docker.compose.container-number' } as const;
export const PAUSED = 'it is paused';
const MAX_NAMED = 10;
const UNIT_BYTES: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** What somebody changed of a container of the slot, in words. */
export function handChanges(
  { replicas }: Pick<ComposeSlotStatus, 'replicas'>,
  container: ContainerDetails,
  manifest: ComposeManifest,
  names: SlotNames,
): readonly string[] {
  const process = labelOf(container, LABELS.process);
  // The digest by which the engine knows what it runs.
  const image = replicas.find(({ instanceId }) => instanceId === container.Id)?.image;
  const service = manifest.services[process]!;
  const environment = changedEnvironment(container, service['environment'] as Readonly<Record<string, string>> | undefined);
  return [
    ...unlike('name', composeName(container, process), nameOf(container)),
    ...unlike('image', imageDigest(service.image), image ?? 'none'),
    ...(environment.length > 0 ? [`environment: ${environment.slice(0, MAX_NAMED).join(', ')}`] : []),
    ...changedPolicy(container, service),
    ...changedLimits(container, service),
    ...changedNetworks(container, networksOf(process, manifest), names),
    ...(container.State.Paused ? [PAUSED] : []),
  ];
}

/** Nothing to compare with is no difference. */
const unlike = (what: string, wanted: string | number | undefined, found: string | number): string[] =>
  wanted === undefined || wanted === found ? [] : [`${what}: wanted ${wanted}, found ${found}`];

function composeName(container: ContainerDetails, process: string): string | undefined {
  const [project, number] = [labelOf(container, COMPOSE.project), labelOf(container, COMPOSE.number)];
  return project === '' || number === '' ? undefined : `${project}-${process}-${number}`;
}

function changedPolicy({ HostConfig }: ContainerDetails, service: ComposeService): string[] {
  const [wanted] = ((service['restart'] as string | undefined) ?? 'no').split(':');
  return unlike('restart policy', wanted, HostConfig.RestartPolicy?.Name || 'no');
}

/** 0 is no limit; it is also what an engine answers whose kernel knows none, so a limit that is not there at all says nothing. */
function changedLimits({ HostConfig }: ContainerDetails, service: ComposeService): string[] {
  const { limits = {} } = ((service['deploy'] ?? {}) as { resources?: { limits?: Record<string, unknown> } }).resources ?? {};
  const memory = bytesOf((limits['memory'] ?? service['mem_limit'] ?? '0') as string);
  const cpus = Number(limits['cpus'] ?? service['cpus'] ?? 0);
  return [
    ...unlike('memory limit in bytes', memory, HostConfig.Memory || memory),
    ...unlike('CPU limit', cpus, Math.round((HostConfig.NanoCpus ?? 0) / 1e6) / 1000 || cpus),
  ];
}

function bytesOf(amount: string): number {
  const [, count = '0', unit = 'b'] = /^([0-9.]+)([a-z])?/i.exec(amount) ?? [];
  return Math.floor(Number(count) * (UNIT_BYTES[unit.toLowerCase()] ?? 1));
}

function changedNetworks(container: ContainerDetails, wanted: readonly ('default' | 'front' | 'kept')[], names: SlotNames): string[] {
  const named = { default: `${labelOf(container, COMPOSE.project)}_default`, front: names.front, kept: names.kept };
  const found = Object.keys(container.NetworkSettings.Networks ?? {});
  const expected = wanted.map((role) => named[role]);
  return [
    ...expected.filter((network) => !found.includes(network)).map((network) => `it was taken off the network ${network}`),
    ...found.filter((network) => !expected.includes(network)).map((network) => `it was put on the network ${network}`),
  ];
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
