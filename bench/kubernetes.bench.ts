import { execFile } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { digestOf, resolveStrategy, sha256 } from '@slipway/contracts';
import { KubernetesRuntimeTarget } from '@slipway/runtime-kubernetes';
import type { ChangeInput, TargetAccess } from '@slipway/runtime-target';
import { findKubernetesCluster } from '@slipway/testing';
import { context, deploy } from './runtime-steps';

const runFile = promisify(execFile);
const GOAL = 1.25;
const REPLICAS = 3;
const SERVER = `require('node:http').createServer((q, r) => r.end('ok')).listen(process.env.PORT || 8080); process.on('SIGTERM', () => process.exit(0));`;

interface Row {
  readonly name: string;
  readonly value: number;
  readonly baseline: number;
  readonly ratio: number;
  readonly goal: number;
  readonly ok: boolean;
}

function kubectl(): string {
  const directories = [process.env['KUBEBUILDER_ASSETS'] ?? '', ...(process.env['PATH'] ?? '').split(delimiter)];
  const found = directories.filter((directory) => directory !== '').map((directory) => join(directory, 'kubectl'));
  const file = found.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!file) throw new Error('no kubectl in KUBEBUILDER_ASSETS or on PATH');
  return file;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/**
 * A rolling update of three replicas, from the decision to all new replicas ready and alone behind the Service: `kubectl apply` and
 * `kubectl rollout status` by hand, against the runtime's steps. Milliseconds; the same pod template, image and probes, in turns.
 */
export async function run({ quick }: { quick: boolean }): Promise<Row[]> {
  const cluster = findKubernetesCluster();
  if ('lack' in cluster) throw new Error(`not measured: ${cluster.lack}`);
  const namespace = `bench-${process.pid}`;
  const directory = mkdtempSync(join(tmpdir(), 'slipway-bench-kubernetes-'));
  const tool = kubectl();
  const { connection, credential } = cluster;
  const access: TargetAccess = { key: 'bench', connection: { ...connection, namespace }, credential: () => Promise.resolve(credential) };
  const target = new KubernetesRuntimeTarget({ network: { resolve: (host) => Promise.resolve(host) } });
  const kubectlRun = (...argv: string[]) => runFile(tool, ['--kubeconfig', process.env['KUBECONFIG']!, '-n', namespace, ...argv]);
  try {
    await runFile(tool, ['--kubeconfig', process.env['KUBECONFIG']!, 'create', 'namespace', namespace]);
    const byHand: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round <= (quick ? 3 : 7); round++) {
      const input = release(target, access, cluster.image, round);
      const file = join(directory, 'deployment.json');
      writeFileSync(file, JSON.stringify(byHandDeployment(input)));
      const hand = await timed(async () => {
        await kubectlRun('apply', '-f', file);
        await kubectlRun('rollout', 'status', 'deployment/by-hand', '--timeout=120s');
      });
      const platform = await timed(() => deploy(target, input, round));
      await target.settle(input, context(round));
      // The first round installs; the others update.
      if (round > 0) byHand.push(hand);
      if (round > 0) ours.push(platform);
    }
    const [value, baseline] = [median(ours), median(byHand)];
    const ratio = value / baseline;
    return [{ name: 'kubernetes rolling update, ms', value, baseline, ratio, goal: GOAL, ok: ratio <= GOAL }];
  } finally {
    await runFile(tool, ['--kubeconfig', process.env['KUBECONFIG']!, 'delete', 'namespace', namespace, '--wait=false']);
    await target.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function release(target: KubernetesRuntimeTarget, access: TargetAccess, image: string, round: number): ChangeInput {
  const strategy = resolveStrategy('rolling');
  const artifactDigest = sha256(`round ${round}`);
  const [slotId, releaseId] = ['slt-bench', `rel-bench-${round}`];
  const manifest = target.render({
    projectId: 'bench',
    serviceId: 'svc-bench',
    serviceName: 'bench',
    slotId,
    releaseId,
    artifactDigest,
    artifactVersion: String(round),
    artifactManifest: {
      api_version: 'slipway/v1',
      processes: {
        web: {
          image,
          command: ['node', '-e', SERVER],
          port: true,
          replicas: REPLICAS,
          probes: { readiness: { path: '/', period_ms: 1000 } },
        },
      },
    },
    files: {},
    connection: access.connection,
    variables: {},
    strategy,
  });
  return { access, slotId, releaseId, manifest, manifestDigest: digestOf(manifest), artifactDigest, strategy };
}

/** The rendered Deployment as somebody would write it: one object that is updated in place. */
function byHandDeployment({ manifest, releaseId }: ChangeInput): unknown {
  const [deployment] = (manifest['resources'] as { kind: string; spec: { template: { metadata: { labels: object } } } }[]).filter(
    ({ kind }) => kind === 'Deployment',
  );
  const labels = { app: 'by-hand' };
  const template = { ...deployment!.spec.template, metadata: { labels: { ...labels, 'slipway.dev/release': releaseId } } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'by-hand', labels },
    spec: { ...deployment!.spec, selector: { matchLabels: labels }, template },
  };
}
