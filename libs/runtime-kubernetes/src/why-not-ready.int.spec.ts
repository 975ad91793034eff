import type { ArtifactManifest } from '@slipway/contracts';
import { ROLLING, Scenario, specsOf, type RuntimeHarness, type SampleArtifact, type StepResult } from '@slipway/runtime-target';
import { findKubernetesCluster } from '@slipway/testing';
import { KubernetesHarness } from './testing/kubernetes-harness';

const cluster = findKubernetesCluster();
type Process = NonNullable<ArtifactManifest['processes']>[string];

if ('lack' in cluster) {
  it.skip(`why a release does not run (skipped: ${cluster.lack})`, () => undefined);
} else {
  describe('why a release does not run, in a line for a person', () => {
    jest.setTimeout(180_000);
    let harness: KubernetesHarness;
    beforeAll(async () => {
      harness = await KubernetesHarness.open(cluster);
    });
    afterAll(() => harness.close());

    const specify = specsOf(() => harness, { sideBySide: true });
    /** The sample, but for what the change says of its process. */
    const changed = (change: Partial<Process>): Scenario => {
      const sample = async (...asked: Parameters<RuntimeHarness['sample']>): Promise<SampleArtifact> => {
        const artifact = await harness.sample(...asked);
        const web = { ...artifact.manifest.processes!['web']!, ...change };
        return { ...artifact, manifest: { ...artifact.manifest, processes: { web } } };
      };
      return new Scenario(Object.create(harness, { sample: { value: sample } }) as RuntimeHarness, 1);
    };
    const failed = async (change: Partial<Process>): Promise<StepResult> => {
      const scenario = changed(change);
      const result = await scenario.run(scenario.target.deploySteps(await scenario.release('v1', ROLLING)));
      expect(result.outcome).toBe('failed');
      return result;
    };

    specify('names an image that cannot be pulled, and what the registry or the network said', async () => {
      const image = `registry.invalid/shop@sha256:${'a'.repeat(64)}`;
      const { summary } = await failed({ image });
      expect(summary).toMatch(
        /does not start: (ErrImagePull|ImagePullBackOff): .*registry\.invalid.*(no such host|lookup|not found|dial)/s,
      );
    });

    specify('names the memory that was not enough', async () => {
      const eating = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(8e6, 1)), 20)';
      const { summary } = await failed({ command: ['node', '-e', eating], resources: { memory_limit_mib: 64 } });
      expect(summary).toContain('was killed for its memory (OOMKilled)');
    });

    specify('names the probe that fails, and what it met', async () => {
      const refusing = "require('http').createServer((q, r) => r.writeHead(418).end()).listen(process.env.PORT)";
      const { summary } = await failed({
        command: ['node', '-e', refusing],
        probes: { startup: { path: '/', period_ms: 1000, failure_threshold: 2 } },
      });
      expect(summary).toMatch(/does not pass its startup probe: Startup probe failed.*418/);
    });

    specify('names why no node takes a replica, while it waits for one', async () => {
      const scenario = changed({ resources: { cpu_request_millis: 900_000 } });
      const first = await scenario.release('v1', ROLLING);
      const stop = new AbortController();
      const running = scenario.run(scenario.target.deploySteps(first), scenario.context({ signal: stop.signal }));
      const reason = /Unschedulable: .*Insufficient cpu/;
      const told = async (): Promise<string> => (await scenario.target.diagnose(first.access, scenario.slotId)).summary;
      await scenario.until('the diagnosis names it', async () => reason.test(await told()));
      await scenario.until('the log of the step names it', () => Promise.resolve(scenario.log.some((line) => /finds no node: .*Insufficient cpu/.test(line)))); // prettier-ignore
      stop.abort();
      expect((await running).outcome).toBe('aborted');
    });
  });
}
