import { digestOf, type ArtifactManifest, type ResolvedStrategy } from '@slipway/contracts';
import type { Observation } from '../observation';
import type { ChangeInput, PlanInput, RuntimePlan, RuntimeTarget } from '../runtime-target';
import type { Step, StepContext, StepResult } from '../steps';
import type { RuntimeHarness, SampleArtifact, SampleBehaviour } from './harness';
import { ask, Load } from './load';
import { slotBegun } from './specs';

const DEADLINE_MS = 15_000;
let slots = 0;
let fence = 1000;
let effects = 0;

/** One slot of a harness and what happens to it, in the words of the suite. */
export class Scenario {
  readonly slotId: string;
  /** A slot is a service on a target: two slots of one target are of two services. */
  readonly serviceName: string;
  readonly log: string[] = [];
  private readonly artifacts = new Map<string, SampleArtifact>();

  constructor(
    private readonly harness: RuntimeHarness,
    readonly replicas = 2,
  ) {
    this.slotId = `slt-conformance-${++slots}-${process.pid}`;
    this.serviceName = `sample-${slots}`;
    slotBegun(this.slotId);
  }

  get target(): RuntimeTarget {
    return this.harness.target;
  }

  /** A release of a sample; the same version gives the same release. */
  async release(
    version: string,
    strategy: ResolvedStrategy,
    behaviour: SampleBehaviour = 'well',
    tasks: Pick<ArtifactManifest, 'migration' | 'hooks'> = {},
  ): Promise<ChangeInput> {
    const artifact = await this.harness.sample(version, behaviour, this.replicas);
    this.artifacts.set(artifact.digest, artifact);
    const manifest = this.target.render({
      projectId: 'conformance',
      serviceId: 'svc-sample',
      serviceName: this.serviceName,
      slotId: this.slotId,
      releaseId: `rel-${version}`,
      artifactDigest: artifact.digest,
      artifactVersion: version,
      artifactManifest: { ...artifact.manifest, ...tasks },
      files: artifact.files ?? {},
      connection: this.harness.access.connection,
      variables: { GREETING: 'hello' },
      strategy,
    });
    return {
      access: this.harness.access,
      slotId: this.slotId,
      releaseId: `rel-${version}`,
      manifest,
      manifestDigest: digestOf(manifest),
      artifactDigest: artifact.digest,
      strategy,
    };
  }

  /** As a claim that is newer than every earlier one. */
  context(more: Partial<StepContext> = {}): StepContext {
    return {
      fence: ++fence,
      effectId: `conformance-${process.pid}-${++effects}`,
      signal: new AbortController().signal,
      log: (line) => this.log.push(line),
      fetchArtifact: (digest) => {
        const artifact = this.artifacts.get(digest);
        return artifact ? Promise.resolve(artifact.open()) : Promise.reject(new Error(`no artifact ${digest}`));
      },
      secrets: () => Promise.resolve({}),
      ...more,
    };
  }

  /** Runs steps until one does not succeed; the last result. */
  async run(steps: readonly Step[], context = this.context()): Promise<StepResult & { step: string }> {
    let last: (StepResult & { step: string }) | undefined;
    for (const step of steps) {
      last = { ...(await step.run(context)), step: step.name };
      if (last.outcome !== 'succeeded') break;
    }
    if (!last) throw new Error('a change has at least one step');
    return last;
  }

  async deploy(input: ChangeInput): Promise<void> {
    const context = this.context();
    const result = await this.run(this.target.deploySteps(input), context);
    if (result.outcome !== 'succeeded')
      throw new Error(`${result.step}: ${result.outcome}: ${result.summary}\n${this.log.slice(-20).join('\n')}`);
    await this.target.settle(input, context);
  }

  plan({ releaseId: _releaseId, ...input }: ChangeInput, observation: Observation): Promise<RuntimePlan> {
    const asked: PlanInput = { ...input, observation };
    return this.target.plan(asked);
  }

  /** Polls until true, as long as this runtime may take. */
  until(what: string, condition: () => Promise<boolean>): Promise<void> {
    return until(what, condition, DEADLINE_MS * (this.harness.patience ?? 1));
  }

  /** The most that 10 % may come to: a little more where connections are spread by chance. */
  get tenPercentAtMost(): number {
    return this.harness.balances === 'connections' ? 0.2 : 0.12;
  }

  observe(): Promise<Observation> {
    return this.target.observe(this.harness.access, this.slotId);
  }

  async url(): Promise<string> {
    if (this.harness.urlOf) return this.harness.urlOf(this.slotId);
    const { url } = await this.observe();
    if (url === null) throw new Error(`slot ${this.slotId} has no url`);
    return url;
  }

  async answer(): Promise<string> {
    return (JSON.parse((await ask(await this.url())).body) as { version: string }).version;
  }

  /** Runs `change` while requests keep coming; what became of them. */
  async underLoad<T>(change: () => Promise<T>): Promise<{ result: T; load: Awaited<ReturnType<Load['end']>> }> {
    const load = new Load(await this.url(), true, this.harness.balances !== 'connections');
    await this.until('the load has begun', () => Promise.resolve(load.answered > 8));
    const result = await change();
    const answered = load.answered;
    // By chance a share shows itself in many connections only.
    const enough = this.harness.balances === 'connections' ? 300 : 20;
    await this.until('some requests have passed since the change', () => Promise.resolve(load.answered > answered + enough));
    return { result, load: await load.end() };
  }

  /** Exactly `input` runs, in full, alone, with all traffic. */
  async expectAlone(input: ChangeInput): Promise<void> {
    await this.until(`${input.releaseId} runs alone`, async () => {
      const replicas = this.counted(await this.observe());
      return replicas.length === this.replicas && replicas.every(({ releaseId, ready }) => releaseId === input.releaseId && ready);
    });
    const observation = await this.observe();
    expect(observation).toMatchObject({
      releaseId: input.releaseId,
      manifestDigest: input.manifestDigest,
      artifactDigest: input.artifactDigest,
      routes: [{ releaseId: input.releaseId, percent: 100 }],
    });
    expect(new Set(this.counted(observation).map(({ instanceId }) => instanceId)).size).toBe(this.replicas);
  }

  private counted({ replicas }: Observation): Observation['replicas'] {
    return this.harness.drains === 'slowly' ? replicas.filter(({ state }) => state !== 'stopping') : replicas;
  }
}

/** Pauses between two looks: what a look costs the machine is taken from what is waited for. */
const SHORTEST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 250;

/** Polls until true, the less often the longer a look takes; fails naming what was awaited. */
export async function until(what: string, condition: () => Promise<boolean>, deadlineMs = DEADLINE_MS): Promise<void> {
  const giveUpAt = performance.now() + deadlineMs;
  for (;;) {
    const lookedAt = performance.now();
    if (await condition()) return;
    const now = performance.now();
    if (now > giveUpAt) throw new Error(`waited ${deadlineMs} ms in vain: ${what}`);
    const pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, 3 * (now - lookedAt)));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
