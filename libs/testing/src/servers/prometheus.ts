import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, hasEnded, spawnLogged, stopProcess, tailOf } from '@slipway/local-servers';
import { findProgram } from '../docker/docker-host';
import { eventually } from '../eventually';
import { forgetServer, recordServer, testRun } from './test-run';

/** A real Prometheus that scrapes one address, four times a second. */
export interface PrometheusServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  stop(): Promise<void>;
}

/** What keeps `startPrometheus` from working on this machine, in words; undefined when nothing does. */
export const lackOfPrometheus = (): string | undefined =>
  findProgram('prometheus') === undefined ? 'no prometheus on PATH (Debian: apt-get install prometheus)' : undefined;

/** Who may ask a Prometheus that was started with a login. */
export const PROMETHEUS_LOGIN = { kind: 'basic_auth', username: 'slipway', password: 'open sesame' } as const;
/** Another one that it answers to: what a rotation gives. */
export const PROMETHEUS_NEXT_LOGIN = { ...PROMETHEUS_LOGIN, username: 'slipway-next' } as const;
/** The password of both as bcrypt, cost 5. */
const HASH = '$2b$05$rDaAjw8Vl3ulvQo2rQ6LEO8DyI0Np8TaXD8bcMzpavixX4QSbalgO';
const AUTHORIZATION = `Basic ${Buffer.from(`${PROMETHEUS_LOGIN.username}:${PROMETHEUS_LOGIN.password}`).toString('base64')}`;

/**
 * @param scraped `host:port` whose `/metrics` it reads
 * @param login it answers to `PROMETHEUS_LOGIN` and `PROMETHEUS_NEXT_LOGIN` alone
 * @throws Error when there is none (`lackOfPrometheus`), or with the log's tail when it ends early
 */
export async function startPrometheus(scraped: string, { login = false } = {}): Promise<PrometheusServer> {
  const lack = lackOfPrometheus();
  if (lack) throw new Error(lack);
  const directory = mkdtempSync(join(testRun(), 'prometheus-'));
  mkdirSync(join(directory, 'data'));
  const port = await freePort();
  const configuration = {
    global: { scrape_interval: '250ms', scrape_timeout: '250ms' },
    scrape_configs: [{ job_name: 'test', static_configs: [{ targets: [scraped] }] }],
  };
  // JSON is YAML.
  writeFileSync(join(directory, 'prometheus.yml'), JSON.stringify(configuration));
  writeFileSync(
    join(directory, 'web.yml'),
    JSON.stringify(login ? { basic_auth_users: { [PROMETHEUS_LOGIN.username]: HASH, [PROMETHEUS_NEXT_LOGIN.username]: HASH } } : {}),
  );
  const logFile = join(directory, 'prometheus.log');
  const server = await spawnLogged({
    file: findProgram('prometheus')!,
    argv: [
      `--config.file=${join(directory, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.config.file=${join(directory, 'web.yml')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    logFile,
  });
  recordServer(server.identity);
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    async () => {
      if (hasEnded(server.child)) throw new Error(`prometheus ended while starting:\n${tailOf(logFile)}`);
      return (await fetch(`${url}/-/ready`, { headers: { authorization: AUTHORIZATION } }).catch(() => undefined))?.status === 200;
    },
    { timeoutMs: 60_000, intervalMs: 100 },
  );
  const stop = async (): Promise<void> => {
    await stopProcess(server.identity, 'SIGTERM', 5000);
    forgetServer(server.identity);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  return { url, stop };
}
