import type { ComposeManifest, ComposeService } from './compose-manifest';
import { escaped } from './render-processes';
import { LABELS, type SlotNames } from '../slot/slot-names';

/** Whose containers these are. */
export interface Ownership {
  readonly slotId: string;
  readonly releaseId: string;
  readonly artifactDigest: string;
  readonly manifestDigest: string;
}
type Secrets = Readonly<Record<string, string>>;
/** `front`: where the slot's proxy reaches what it serves; `kept`: where what has data is reached; `default`: the release's own. */
export type NetworkRole = 'default' | 'front' | 'kept';

/** The networks of a service. What serves and has nobody beside it needs none of its own. */
export function networksOf(name: string, { services, kept, serving }: ComposeManifest): readonly NetworkRole[] {
  if (kept.includes(name)) return ['kept'];
  const serves = serving?.service === name;
  const alone = serves && Object.keys(services).length === 1;
  return [
    ...(alone ? [] : (['default'] as const)),
    ...(kept.length > 0 ? (['kept'] as const) : []),
    ...(serves ? (['front'] as const) : []),
  ];
}

/** The Compose document of a release's own project: everything that may run beside another release. */
export function releaseDocument(manifest: ComposeManifest, names: SlotNames, owner: Ownership, secrets: Secrets): string {
  const moved = Object.entries(manifest.services).filter(([name]) => !manifest.kept.includes(name));
  const values = { ...secrets, SLIPWAY_RELEASE_ID: owner.releaseId };
  const services = Object.fromEntries(
    moved.map(([name, service]) => [name, ownService(name, besides(service, manifest.kept), networksOf(name, manifest), owner, values)]),
  );
  return JSON.stringify({ services, networks: networksUsed(services, names), volumes: volumesOf(manifest, names) });
}

/** The document of what has data: the same project whatever the release, so that Compose replaces only what differs. */
export function keptDocument(manifest: ComposeManifest, names: SlotNames, owner: Ownership, secrets: Secrets): string {
  const kept = Object.entries(manifest.services).filter(([name]) => manifest.kept.includes(name));
  const lasting = { ...owner, releaseId: '', manifestDigest: '', artifactDigest: '' };
  const services = Object.fromEntries(
    kept.map(([name, service]) => [name, ownService(name, service, networksOf(name, manifest), lasting, secrets)]),
  );
  return JSON.stringify({ services, networks: networksUsed(services, names), volumes: volumesOf(manifest, names) });
}

/** A one-off container with the image, environment and volumes of a service. */
export function taskDocument(
  manifest: ComposeManifest,
  names: SlotNames,
  owner: Ownership,
  secrets: Secrets,
  task: { readonly name: string; readonly process: string; readonly command: readonly string[]; readonly env: Secrets },
): string {
  const service = manifest.services[task.process]!;
  const {
    restart: _restart,
    depends_on: _depends,
    healthcheck: _healthcheck,
    ...rest
  } = ownService(task.process, service, [manifest.kept.length > 0 ? 'kept' : 'front'], owner, {
    ...secrets,
    SLIPWAY_RELEASE_ID: owner.releaseId,
  });
  const environment = {
    ...(rest['environment'] as object),
    ...Object.fromEntries(Object.entries(task.env).map(([key, value]) => [key, escaped(value)])),
  };
  const labels = { ...(rest['labels'] as object), [LABELS.role]: 'task', [LABELS.process]: task.name };
  const services = { task: { ...rest, entrypoint: task.command.map(escaped), command: [], environment, labels, restart: 'no' } };
  return JSON.stringify({ services, networks: networksUsed(services, names), volumes: volumesOf(manifest, names) });
}

/** Without waiting for what stands in another project. */
function besides(service: ComposeService, kept: readonly string[]): ComposeService {
  const { depends_on: depends, ...rest } = service;
  const left = Object.entries(depends ?? {}).filter(([name]) => !kept.includes(name));
  return { ...rest, ...(left.length > 0 && { depends_on: Object.fromEntries<unknown>(left) }) };
}

function ownService(
  name: string,
  service: ComposeService,
  networks: readonly NetworkRole[],
  owner: Ownership,
  values: Secrets,
): Record<string, unknown> {
  const releaseId = owner.releaseId === '' ? {} : { SLIPWAY_RELEASE_ID: '${SLIPWAY_RELEASE_ID}' };
  const filled = fill({ ...service, environment: { ...releaseId, ...(service['environment'] as object | undefined) } }, values) as Record<
    string,
    unknown
  >;
  return {
    ...filled,
    networks: Object.fromEntries(networks.map((role) => [role, {}])),
    labels: {
      ...(filled['labels'] as object | undefined),
      [LABELS.slot]: owner.slotId,
      [LABELS.process]: name,
      [LABELS.role]: owner.releaseId === '' ? 'kept' : 'workload',
      [LABELS.release]: owner.releaseId,
      [LABELS.artifact]: owner.artifactDigest,
      [LABELS.manifest]: owner.manifestDigest,
    },
  };
}

/** Secrets put in their places; Compose itself finds nothing left to interpolate. */
function fill(value: unknown, values: Secrets): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\$|\$\{(\w+)\}/g, (found, name?: string) => (name === undefined ? found : escaped(values[name] ?? '')));
  if (Array.isArray(value)) return value.map((entry) => fill(entry, values));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fill(entry, values)]));
  return value;
}

function networksUsed(services: Record<string, Record<string, unknown>>, names: SlotNames): Record<string, unknown> {
  const used = new Set(Object.values(services).flatMap((service) => Object.keys(service['networks'] as object)));
  return {
    ...(used.has('front') && { front: { external: true, name: names.front } }),
    ...(used.has('kept') && { kept: { external: true, name: names.kept } }),
  };
}

const volumesOf = ({ volumes }: ComposeManifest, names: SlotNames): Record<string, unknown> =>
  Object.fromEntries(volumes.map((name) => [name, { external: true, name: names.volume(name) }]));
