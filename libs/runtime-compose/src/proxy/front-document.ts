import { ADMIN_PORT } from './proxy-config';
import { LABELS, type SlotNames } from '../slot/slot-names';

/**
 * The image of the proxy where the target names none: HAProxy 3.0 (long-term support) of the official images, for all its
 * platforms. Kept in step with the ADR on the proxy.
 */
export const DEFAULT_PROXY_IMAGE = 'haproxy:3.0-alpine@sha256:7c8dac975b9def049d6585b7efe865486acaa7b6ec5e74eec45f08fde8bb2ad4';

/** The Compose document of a slot's proxy. The variables are the helper's: the slot's port and directory, and who the login is. */
export function frontDocument(names: SlotNames, slotId: string, image: string): string {
  return JSON.stringify({
    services: {
      proxy: {
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
      },
    },
    networks: { front: { external: true, name: names.front } },
  });
}
