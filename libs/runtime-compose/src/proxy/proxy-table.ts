import type { Route } from '@slipway/runtime-target';
import type { ProxyServer } from './proxy-servers';

/** A container behind the proxy as it should stand. */
export interface ProxyEntry {
  readonly server: string;
  /** Its id, 12 hex. */
  readonly container: string;
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly weight: number;
}
/** A container that serves. */
export interface Backend {
  readonly releaseId: string;
  readonly container: string;
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly ready: boolean;
}

const MAX_WEIGHT = 256;

/** Gives every backend a place: the one that it has, else a free one, those used longest ago last. */
export function proxyTable(
  backends: readonly Backend[],
  routes: readonly Route[],
  servers: readonly ProxyServer[],
  names: readonly string[],
): readonly ProxyEntry[] {
  const held = new Map(servers.filter(({ container }) => container !== undefined).map((server) => [server.container!, server]));
  const wanted = new Set(backends.map(({ container }) => container));
  const taken = new Set([...held.values()].filter(({ container }) => wanted.has(container!)).map(({ name }) => name));
  const weights = weightsOf(backends, routes);
  const free = names.filter((name) => !taken.has(name))[Symbol.iterator]();
  return backends.map((backend) => {
    const server = held.get(backend.container)?.name ?? free.next().value;
    if (server === undefined) throw new Error(`the proxy has no place left for container ${backend.container}`);
    const { container, address, port, path } = backend;
    return { server, container, address, port, path, weight: weights.get(container) ?? 0 };
  });
}

/** A release's share spread evenly over its ready replicas (over all of them while none is ready), as large as weights may be. */
export function weightsOf(backends: readonly Backend[], routes: readonly Route[]): ReadonlyMap<string, number> {
  const shares = backends.flatMap((backend) => {
    const percent = routes.find(({ releaseId }) => releaseId === backend.releaseId)?.percent ?? 0;
    const mates = backends.filter(({ releaseId }) => releaseId === backend.releaseId);
    const sharing = mates.some(({ ready }) => ready) ? mates.filter(({ ready }) => ready) : mates;
    return percent > 0 && sharing.includes(backend) ? [[backend.container, percent / sharing.length] as const] : [];
  });
  const largest = Math.max(0, ...shares.map(([, share]) => share));
  return new Map(shares.map(([container, share]) => [container, Math.max(1, Math.round((share / largest) * MAX_WEIGHT))]));
}

/** Commands for the admin socket that bring a running proxy from what it shows to the table. */
export function proxyCommands(table: readonly ProxyEntry[], servers: readonly ProxyServer[]): readonly string[] {
  const wanted = new Set(table.map(({ server }) => server));
  const leaving = servers
    .filter(({ name, resting }) => !wanted.has(name) && !resting)
    .flatMap(({ name }) => [`set server slot/${name} state maint`, `set server slot/${name} weight 0`]);
  const shown = new Map(servers.map((server) => [server.name, server]));
  const raising = table.filter((entry) => entry.weight > 0);
  const resting = table.filter((entry) => entry.weight === 0);
  return [...[...raising, ...resting].flatMap((entry) => entryCommands(entry, shown.get(entry.server))), ...leaving];
}

function entryCommands(entry: ProxyEntry, shown: ProxyServer | undefined): readonly string[] {
  const server = `slot/${entry.server}`;
  const weight = `set server ${server} weight ${entry.weight}`;
  if (shown?.container === entry.container && !shown.resting) {
    return [...(shown.weight === entry.weight ? [] : [weight]), ...(shown.draining ? [`set server ${server} state ready`] : [])];
  }
  return [
    `set server ${server} state maint`,
    `set server ${server} addr ${entry.address} port ${entry.port}`,
    `set server ${server} fqdn ${entry.container}`,
    `del map /slipway/probes.map ${entry.server}`,
    `add map /slipway/probes.map ${entry.server} ${entry.path}`,
    weight,
    `set server ${server} state ready`,
  ];
}
