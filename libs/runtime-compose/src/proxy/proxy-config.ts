import { createHash } from 'node:crypto';
import type { ProxyEntry } from './proxy-table';

/** Server places of a slot's proxy: two releases in full and a kept one. */
export const SERVER_PLACES = 160;
export const ADMIN_PORT = 8080;
const UNUSED_ADDRESS = '127.0.0.1:1';

/** `probed`: readiness is what the probe's path answers; `any`: any HTTP answer counts, as some release of the slot has no probe. */
export type ProbeMode = 'probed' | 'any';

const STATIC = (mode: ProbeMode): string => `global
  log stdout len 2048 format raw local0
  stats socket /slipway/admin.sock mode 600 level admin expose-fd listeners
  stats timeout 10m
  hard-stop-after 120s
  spread-checks 0
resolvers docker
  nameserver engine 127.0.0.11:53
  resolve_retries 2
  timeout resolve 1s
  timeout retry 1s
  hold valid 1s
  hold obsolete 2s
defaults
  mode http
  option redispatch 1
  option idle-close-on-response
  option forwardfor
  retries 3
  retry-on conn-failure
  timeout connect 3s
  timeout queue 10s
  timeout client 75s
  timeout server 300s
  timeout http-keep-alive 75s
  timeout tunnel 1h
frontend entry
  bind :${ADMIN_PORT}
  log global
  http-request set-var(txn.began) date(0,us)
  log-format "R %s %ST %[var(txn.began)] %[date(0,us)] %ts"
  default_backend slot
backend slot
  balance roundrobin
  option httpchk
  http-check send meth GET uri-lf "%[srv_name,map_str(/slipway/probes.map,/)]" hdr User-Agent slipway-probe
  http-check expect ${mode === 'probed' ? 'rstatus ^[23][0-9][0-9]' : 'rstatus ^[1-5][0-9][0-9]'}
  default-server inter 1s fastinter 200ms downinter 200ms fall 3 rise 1 resolvers docker init-addr libc,none resolve-prefer ipv4 check
`;

/** Names what only a reload can change. */
export const configKey = (mode: ProbeMode): string =>
  createHash('sha256')
    .update(STATIC(mode) + SERVER_PLACES)
    .digest('hex')
    .slice(0, 16);

/**
 * HAProxy's configuration with the servers as they stand: what a restarted proxy begins with. A running one is changed through its
 * admin socket. Servers are named by container id, which Docker's own name service follows through restarts.
 */
export function proxyConfig(entries: readonly ProxyEntry[], mode: ProbeMode): string {
  const taken = new Map(entries.map((entry) => [entry.server, entry]));
  const servers = Array.from({ length: SERVER_PLACES }, (_, index) => {
    const name = `s${index + 1}`;
    const entry = taken.get(name);
    return entry
      ? `  server ${name} ${entry.container}:${entry.port} weight ${entry.weight}`
      : `  server ${name} ${UNUSED_ADDRESS} weight 0 disabled`;
  });
  return `# slipway ${configKey(mode)}\n${STATIC(mode)}${servers.join('\n')}\n`;
}

/** Probe paths by server. */
export const probesMap = (entries: readonly ProxyEntry[]): string => entries.map(({ server, path }) => `${server} ${path}\n`).join('');
