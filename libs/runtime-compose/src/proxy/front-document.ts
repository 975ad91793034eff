import { sha256 } from '@slipway/contracts';
import { labelOf, type ContainerDetails } from '../engine/container';
import { ADMIN_PORT } from './proxy-config';
import { LABELS, type SlotNames } from '../slot/slot-names';

/**
 * The image of the proxy where the target names none: HAProxy 3.0 (long-term support) of the official images, for all its
 * platforms. Kept in step with the ADR on the proxy.
 */
export const DEFAULT_PROXY_IMAGE = 'haproxy:3.0-alpine@sha256:7c8dac975b9def049d6585b7efe865486acaa7b6ec5e74eec45f08fde8bb2ad4';

/** The Compose document of a slot's proxy. The variables are the helper's: the slot's port and directory, and who the login is. */
export function frontDocument(names: SlotNames, slotId: string, image: string): string {
  const proxy = proxyService(slotId, image);
  const labels = { ...proxy.labels, [LABELS.document]: documentDigest(slotId, image) };
  return JSON.stringify({ services: { proxy: { ...proxy, labels } }, networks: { front: { external: true, name: names.front } } });
}

/** Whether a slot's proxy runs as its document wants it, on a port: then Compose has nothing to do for it. */
export function proxyStands(container: ContainerDetails | undefined, slotId: string, image: string, port: number | null): boolean {
  if (!container?.State.Running || container.State.Restarting || container.State.Paused || port === null) return false;
  const published = container.HostConfig.PortBindings?.[`${ADMIN_PORT}/tcp`]?.[0]?.HostPort;
  return published === String(port) && labelOf(container, LABELS.document) === documentDigest(slotId, image);
}

const documentDigest = (slotId: string, image: string): string => sha256(JSON.stringify(proxyService(slotId, image)));

const proxyService = (slotId: string, image: string) => ({
  image: image.replaceAll('$', '$$$$'),
  entrypoint: ['haproxy', '-W', '-db', '-f', '/slipway/haproxy.cfg'],
  command: [],
  user: '${SLIPWAY_UID}:${SLIPWAY_GID}',
  restart: 'unless-stopped',
  stop_signal: 'SIGUSR1',
  stop_grace_period: '5s',
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  ports: [`\${SLIPWAY_PORT}:${ADMIN_PORT}`],
  volumes: [{ type: 'bind', source: '${SLIPWAY_PROXY_DIR}', target: '/slipway' }],
  networks: { front: { aliases: ['slipway-proxy'] } },
  logging: { driver: 'json-file', options: { 'max-size': '16m', 'max-file': '3' } },
  labels: { [LABELS.slot]: slotId, [LABELS.role]: 'proxy', [LABELS.process]: 'slipway-proxy' },
});
