import { digestOf, SlipwayError } from '@slipway/contracts';
import {
  changeStep,
  type Change,
  type ChangeInput,
  type ConnectionReport,
  type DriftFinding,
  type Diagnosis,
  type Observation,
  type PlanInput,
  type RenderedManifest,
  type RenderInput,
  type RuntimePlan,
  type RuntimeTarget,
  type Step,
  type StepContext,
  type StepResult,
  type TargetAccess,
  type VerificationCheck,
} from '@slipway/runtime-target';

interface FakeSlot {
  fence: number;
  traffic: string | null;
  /** Running releases, by id. */
  releases: Map<string, ChangeInput>;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

/** Through the wrapper of the real runtimes: what a body throws becomes what it becomes there. */
const stepOf = (name: string, title: string, input: ChangeInput, body: (context: StepContext) => Promise<StepResult>): Step =>
  changeStep(
    name,
    title,
    (context) => ({ input, context }) as Change,
    ({ context }) => body(context),
  );

/** How a version behaves. */
export interface Behaviour {
  readonly start?: 'fails';
  /** So often its target is away when it is started. */
  readonly away?: number;
  readonly canary?: 'pauses';
  readonly verify?: 'fails' | 'unclear';
  /** When it is brought back. */
  readonly restore?: 'fails';
  /** It has one that runs on a rollback. */
  readonly hook?: true;
  readonly rerunnable?: boolean;
}

/**
 * A target as far as the pipeline can tell: keeps slots, refuses older fences, counts effects. The real one takes its place in
 * the `.int.spec.ts` files.
 */
export class FakeRuntime implements RuntimeTarget {
  readonly runtimeType = 'process' as const;
  /** What changed the target, in order: `start v1`, `switch v1`, ... A repetition that changed nothing is not in it. */
  readonly effects: string[] = [];
  readonly behaviours = new Map<string, Behaviour>();
  readonly gates = new Map<string, Promise<void>>();
  private failing = false;
  private readonly missed = new Map<string, number>();
  private readonly slots = new Map<string, FakeSlot>();

  slot(id: string): FakeSlot {
    const slot = this.slots.get(id) ?? { fence: 0, traffic: null, releases: new Map() };
    this.slots.set(id, slot);
    return slot;
  }
  versionOf(manifest: RenderedManifest): string {
    return String(manifest['version']);
  }
  versions(slotId: string): string[] {
    return [...this.slot(slotId).releases.values()].map(({ manifest }) => this.versionOf(manifest));
  }

  async checkConnection(_access: TargetAccess): Promise<ConnectionReport> {
    return { ok: true, checks: [], versions: {} };
  }
  render(input: RenderInput): RenderedManifest {
    return { runtime: 'fake', version: input.artifactVersion };
  }
  async observe(_connection: unknown, slotId: string): Promise<Observation> {
    const slot = this.slot(slotId);
    const current = slot.traffic === null ? undefined : slot.releases.get(slot.traffic);
    return {
      slotId,
      releaseId: slot.traffic,
      manifest: current?.manifest ?? null,
      manifestDigest: current?.manifestDigest ?? null,
      artifactDigest: current?.artifactDigest ?? null,
      url: current ? `http://fake/${this.versionOf(current.manifest)}` : null,
      fence: slot.fence,
      replicas: [],
      routes: slot.traffic ? [{ releaseId: slot.traffic, percent: 100 }] : [],
      observedAt: '2026-01-01T00:00:00.000Z',
    };
  }
  async plan({ manifest }: PlanInput): Promise<RuntimePlan> {
    const actions = [
      { ordinal: 1, verb: 'start' as const, kind: 'fake', name: this.versionOf(manifest), summary: 'starts', one_way: false },
    ];
    return { actions, diff: [], diffTruncated: false, checks: [], riskReasons: [] };
  }
  deploySteps(input: ChangeInput): readonly Step[] {
    const behaviour = this.behaviours.get(this.versionOf(input.manifest)) ?? {};
    const rerunnable = behaviour.rerunnable ?? true;
    return [
      { ...stepOf('start', 'Start', input, (context) => this.start(input, context, behaviour)), rerunnable },
      { ...stepOf('switch', 'Switch', input, (context) => this.switchTo(input, context, behaviour)), rerunnable },
    ];
  }
  restoreSteps(input: ChangeInput): readonly Step[] {
    const version = this.versionOf(input.manifest);
    const { restore, hook, away } = this.behaviours.get(version) ?? {};
    const start: Behaviour = { ...(restore && { start: restore }), ...(away !== undefined && { away }) };
    const run = async (): Promise<StepResult> => {
      this.effects.push(`hook ${version}`);
      return { outcome: 'succeeded', summary: 'done', observed: {} };
    };
    return [
      ...(hook ? [{ name: 'hook', title: 'Hook', rerunnable: true, task: true as const, run }] : []),
      stepOf('start', 'Start', input, (context) => this.start(input, context, start)),
      stepOf('switch', 'Switch', input, (context) => this.switchTo(input, context, {})),
      stepOf('clear', 'Clear', input, (context) => this.clear(input, context)),
    ];
  }
  async verify(input: ChangeInput): Promise<readonly VerificationCheck[]> {
    const { verify } = this.behaviours.get(this.versionOf(input.manifest)) ?? {};
    const verdict = verify === 'fails' ? 'fail' : verify === 'unclear' ? 'inconclusive' : 'pass';
    return [{ name: 'health', verdict, message: `health: ${verdict}`, observed: {} }];
  }
  async settle(input: ChangeInput, context: StepContext): Promise<void> {
    await this.clear(input, context);
  }
  async remove(_connection: unknown, slotId: string, releaseId: string, context: StepContext): Promise<void> {
    const slot = this.fenced(slotId, context);
    const left = slot.releases.get(releaseId);
    if (left) this.effects.push(`stop ${this.versionOf(left.manifest)}`);
    slot.releases.delete(releaseId);
    if (slot.traffic === releaseId) slot.traffic = null;
  }
  async drift(input: ChangeInput): Promise<readonly DriftFinding[]> {
    const slot = this.slot(input.slotId);
    return slot.traffic === input.releaseId ? [] : [{ kind: 'missing', what: input.releaseId, detail: 'does not get the traffic' }];
  }
  watch(): () => void {
    return () => undefined;
  }
  async metrics() {
    return [];
  }
  async diagnose(): Promise<Diagnosis> {
    return { summary: this.failing ? 'it ended with exit code 1' : 'nothing of it runs', replicas: [], events: [] };
  }
  async *followLogs(): AsyncGenerator<never> {}

  private fenced(slotId: string, { fence }: StepContext): FakeSlot {
    const slot = this.slot(slotId);
    if (fence < slot.fence) throw new SlipwayError('stale_fence', `fence ${fence} is older than ${slot.fence}`);
    slot.fence = fence;
    return slot;
  }
  private async start(input: ChangeInput, context: StepContext, behaviour: Behaviour): Promise<StepResult> {
    const version = this.versionOf(input.manifest);
    const missed = this.missed.get(version) ?? 0;
    if (missed < (behaviour.away ?? 0)) {
      this.missed.set(version, missed + 1);
      throw new SlipwayError('dependency_unavailable', 'the host did not answer');
    }
    const slot = this.fenced(input.slotId, context);
    const secrets = await context.secrets();
    context.log(`starting ${version} with ${JSON.stringify(secrets)}`);
    const gate = this.gates.get(version);
    if (gate) await Promise.race([gate, aborted(context.signal)]);
    if (context.signal.aborted) return { outcome: 'aborted', summary: 'stopped while starting', observed: {} };
    if (behaviour.start === 'fails') {
      this.failing = true;
      await context.examine?.();
      this.failing = false;
      return { outcome: 'failed', summary: 'exit code 1', observed: { exit_code: 1, secrets } };
    }
    if (!slot.releases.has(input.releaseId)) this.effects.push(`start ${version}`);
    slot.releases.set(input.releaseId, input);
    return { outcome: 'succeeded', summary: 'started', observed: { manifest: digestOf(input.manifest) } };
  }
  private async switchTo(input: ChangeInput, context: StepContext, behaviour: Behaviour): Promise<StepResult> {
    const slot = this.fenced(input.slotId, context);
    if (behaviour.canary === 'pauses' && !context.resumed)
      return { outcome: 'paused', summary: 'too few requests to tell', observed: { requests: 2 } };
    if (slot.traffic !== input.releaseId) this.effects.push(`switch ${this.versionOf(input.manifest)}`);
    slot.traffic = input.releaseId;
    return { outcome: 'succeeded', summary: 'switched', observed: { percent: 100 } };
  }
  private async clear(input: ChangeInput, context: StepContext): Promise<StepResult> {
    const slot = this.fenced(input.slotId, context);
    for (const [releaseId, other] of slot.releases) {
      if (releaseId === input.releaseId) continue;
      slot.releases.delete(releaseId);
      this.effects.push(`stop ${this.versionOf(other.manifest)}`);
    }
    return { outcome: 'succeeded', summary: 'cleared', observed: {} };
  }
}
