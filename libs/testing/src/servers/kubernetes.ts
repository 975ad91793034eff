import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { delimiter, join } from 'node:path';
import { freePorts, hasEnded, spawnLogged, stopProcess, tailOf, type LoggedProcess } from '@slipway/local-servers';
import { eventually } from '../eventually';
import { forgetServer, recordServer, testRun } from './test-run';

/** A Kubernetes API server with nothing behind it: objects are stored and judged, no pod ever runs. */
export interface KubernetesApi {
  /** `https://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** PEM: the server's certificate for 127.0.0.1, with what signed it. */
  readonly ca: string;
  /** PEM: the key of that certificate, for something that stands in front of the server. */
  readonly certificateKey: string;
  /** Bearer token of a cluster administrator. */
  readonly token: string;
  /** Bearer token of somebody without any right. */
  readonly nobodyToken: string;
  stop(): Promise<void>;
}

const BINARIES = ['etcd', 'kube-apiserver'] as const;

function findBinary(name: string): string | undefined {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  const directories = [...(assets ? [assets] : []), ...(process.env['PATH'] ?? '').split(delimiter)];
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What keeps `startKubernetesApi` from working on this machine, in words; undefined when nothing does. */
export function lackOfKubernetesApi(): string | undefined {
  const missing = BINARIES.filter((name) => findBinary(name) === undefined);
  return missing.length === 0
    ? undefined
    : `${missing.join(' and ')} not found: set KUBEBUILDER_ASSETS to a directory that has them (setup-envtest fetches one)`;
}

/**
 * etcd and kube-apiserver on free ports, in seconds, gone at the end of the test run at the latest. 1.20 and newer.
 * @throws Error naming the binaries that are missing (`lackOfKubernetesApi`), or with the log's tail when a server ends early.
 */
export async function startKubernetesApi(): Promise<KubernetesApi> {
  const lack = lackOfKubernetesApi();
  if (lack) throw new Error(lack);
  const directory = mkdtempSync(join(testRun(), 'kubernetes-'));
  const [client, peer, port] = (await freePorts(3)) as [number, number, number];
  const tokens = { admin: randomBytes(16).toString('hex'), nobody: randomBytes(16).toString('hex') };
  const etcd = await start('etcd', directory, etcdArguments(directory, client, peer));
  const api = await start('kube-apiserver', directory, apiArguments(directory, client, port, tokens));
  const certificate = join(directory, 'certificates', 'apiserver.crt');
  const endpoint = `https://127.0.0.1:${port}`;
  await eventually(
    async () => {
      if (hasEnded(api.child)) throw new Error(`kube-apiserver ended while starting:\n${tailOf(api.logFile)}`);
      return existsSync(certificate) && (await isReady(endpoint, readFileSync(certificate, 'utf8'), tokens.admin));
    },
    { timeoutMs: 60_000, intervalMs: 100 },
  );
  return {
    endpoint,
    ca: readFileSync(certificate, 'utf8'),
    certificateKey: readFileSync(certificate.replace(/crt$/, 'key'), 'utf8'),
    token: tokens.admin,
    nobodyToken: tokens.nobody,
    async stop() {
      for (const server of [api, etcd]) {
        await stopProcess(server.identity, 'SIGKILL', 3_000);
        forgetServer(server.identity);
      }
      rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function start(name: (typeof BINARIES)[number], directory: string, argv: readonly string[]): Promise<LoggedProcess> {
  const server = await spawnLogged({ file: findBinary(name)!, argv, logFile: join(directory, `${name}.log`) });
  server.child.unref();
  recordServer(server.identity);
  return server;
}

const etcdArguments = (directory: string, client: number, peer: number): string[] => [
  `--data-dir=${join(directory, 'etcd')}`,
  `--listen-client-urls=http://127.0.0.1:${client}`,
  `--advertise-client-urls=http://127.0.0.1:${client}`,
  `--listen-peer-urls=http://127.0.0.1:${peer}`,
  `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
  `--initial-cluster=default=http://127.0.0.1:${peer}`,
  '--unsafe-no-fsync',
];

/** Without controllers nobody makes ServiceAccounts, so that admission plugin is off, as in envtest. */
function apiArguments(directory: string, etcd: number, port: number, tokens: { admin: string; nobody: string }): string[] {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(directory, name), content, { mode: 0o600 });
    return join(directory, name);
  };
  mkdirSync(join(directory, 'certificates'));
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${join(directory, 'certificates')}`,
    `--token-auth-file=${file('tokens.csv', `${tokens.admin},admin,1,system:masters\n${tokens.nobody},nobody,2\n`)}`,
    `--service-account-key-file=${file('sa.pub', publicKey.export({ type: 'spki', format: 'pem' }))}`,
    `--service-account-signing-key-file=${file('sa.key', privateKey.export({ type: 'sec1', format: 'pem' }))}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.99.0.0/24',
    '--authorization-mode=RBAC',
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
    '--allow-privileged=true',
  ];
}

const isReady = (endpoint: string, ca: string, token: string): Promise<boolean> =>
  new Promise((resolve) => {
    const asking = request(`${endpoint}/readyz`, { ca, headers: { authorization: `Bearer ${token}` }, timeout: 2_000, agent: false });
    asking.once('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asking.once('timeout', () => asking.destroy());
    asking.once('error', () => resolve(false));
    asking.end();
  });
