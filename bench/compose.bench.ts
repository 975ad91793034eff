import { digestOf, resolveStrategy, sha256, type ArtifactManifest, type ComposeConnection } from '@slipway/contracts';
import { ComposeRuntimeTarget } from '@slipway/runtime-compose';
import type { ChangeInput, TargetAccess } from '@slipway/runtime-target';
import { remoteCommand, SshConnection } from '@slipway/ssh';
import { docker, haproxyImage, ImageRegistry, lackOfDockerHost, nodeImage, Sshd } from '@slipway/testing';
import { context, deploy } from './runtime-steps';

const GOAL = 1.25;
const WEB = 2;
const PROBE_MS = 1000;
const SERVER = `
const server = require('node:http').createServer((request, response) => response.end('ok'));
server.listen(8080);
process.on('SIGTERM', () => { server.close(() => process.exit(0)); server.closeIdleConnections(); });
`;
/** The document comes on stdin; the project is the same for every update. */
const UP = remoteCommand`exec docker compose --ansi never --project-name slipway-bench-by-hand -f - up -d --wait`;
const DOWN = remoteCommand`exec docker compose --ansi never --project-name slipway-bench-by-hand down`;

interface Row {
  readonly name: string;
  readonly value: number;
  readonly baseline: number;
  readonly ratio: number;
  readonly goal: number;
  readonly ok: boolean;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/**
 * An update of an application of two services (a web server twice, a worker once), from the decision to all new containers ready:
 * `docker compose up -d --wait` by hand over an SSH connection that stands, against the runtime's steps over one that stands as
 * well. Milliseconds; the same images and the same probe, all containers of a service at once, in turns. By hand they are replaced
 * in place and nothing answers meanwhile; the runtime starts the new ones beside the old, moves the traffic, and removes the old.
 */
export async function run({ quick }: { quick: boolean }): Promise<Row[]> {
  const lack = lackOfDockerHost();
  if (lack !== undefined) throw new Error(`not measured: ${lack}`);
  const registry = await ImageRegistry.start();
  const [proxy, image] = [await haproxyImage(registry), await nodeImage(registry, 'bench', SERVER)];
  for (const reference of [proxy, image]) await docker('pull', '-q', reference);
  const sshd = await Sshd.start();
  const network = { resolve: (host: string) => Promise.resolve(host) };
  const { port, user, hostKey, privateKey } = sshd;
  const connection: ComposeConnection = {
    host: '127.0.0.1',
    port,
    user,
    host_key: hostKey,
    project_name: `bench-${process.pid}`,
    routed_port: 32_100,
    routed_port_to: 32_199,
    proxy_image: proxy,
  };
  const credential = { kind: 'ssh_key' as const, private_key: privateKey };
  const access: TargetAccess = { key: 'bench', connection, credential: () => Promise.resolve(credential) };
  const target = new ComposeRuntimeTarget({ network });
  const hand = await SshConnection.connect({ host: '127.0.0.1', port, user, hostKey }, { privateKey }, network);
  try {
    const byHand: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round <= (quick ? 3 : 7); round++) {
      const input = release(target, access, image, round);
      const baseline = await timed(() => composeUp(hand, image, round));
      const platform = await timed(() => deploy(target, input, round));
      await target.settle(input, context(round));
      // The first round installs; the others update.
      if (round > 0) byHand.push(baseline);
      if (round > 0) ours.push(platform);
    }
    const [value, baseline] = [median(ours), median(byHand)];
    const ratio = value / baseline;
    return [{ name: 'compose update over SSH, ms', value, baseline, ratio, goal: GOAL, ok: ratio <= GOAL }];
  } finally {
    await hand.exec(DOWN);
    hand.close();
    await target.remove(access, 'slt-bench', `rel-bench-${quick ? 3 : 7}`, context(1000));
    await target.close();
    await sshd.stop();
    await registry.close();
  }
}

async function composeUp(hand: SshConnection, image: string, round: number): Promise<void> {
  const { code, stderr } = await hand.exec(UP, { stdin: JSON.stringify(byHandDocument(image, round)) });
  if (code !== 0) throw new Error(`docker compose up by hand: ${stderr.slice(-1000)}`);
}

function release(target: ComposeRuntimeTarget, access: TargetAccess, image: string, round: number): ChangeInput {
  const strategy = resolveStrategy({ type: 'rolling', batch_size: WEB });
  const artifactDigest = sha256(`round ${round}`);
  const [slotId, releaseId] = ['slt-bench', `rel-bench-${round}`];
  const artifactManifest: ArtifactManifest = {
    api_version: 'slipway/v1',
    processes: {
      web: {
        image,
        port: true,
        replicas: WEB,
        env: { ROUND: String(round) },
        probes: { readiness: { path: '/', period_ms: PROBE_MS } },
      },
      worker: { image, env: { ROUND: String(round) } },
    },
  };
  const manifest = target.render({
    projectId: 'bench',
    serviceId: 'svc-bench',
    serviceName: 'bench',
    slotId,
    releaseId,
    artifactDigest,
    artifactVersion: String(round),
    artifactManifest,
    files: {},
    connection: access.connection,
    variables: {},
    strategy,
  });
  return { access, slotId, releaseId, manifest, manifestDigest: digestOf(manifest), artifactDigest, strategy };
}

/** The same application as somebody would write it. */
function byHandDocument(image: string, round: number): unknown {
  const probe = `require('node:http').get('http://127.0.0.1:8080/', (answer) => process.exit(answer.statusCode === 200 ? 0 : 1))`;
  const service = { image, init: true, restart: 'unless-stopped', environment: { ROUND: String(round) } };
  const healthcheck = { test: ['CMD', '/usr/local/bin/node', '-e', probe], interval: `${PROBE_MS}ms`, timeout: '5s' };
  return { services: { web: { ...service, deploy: { replicas: WEB }, healthcheck }, worker: service } };
}
