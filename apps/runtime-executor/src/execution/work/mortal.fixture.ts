import type { AppendRequest, EventStore } from '@slipway/event-sourcing';
import type { RuntimeTarget, Step } from '@slipway/runtime-target';

/** Where a process dies: around an append of an event, or around a step's effect. */
export type DeathPoint =
  | { readonly at: 'before append' | 'after append'; readonly action: string }
  | { readonly at: 'before effect' | 'inside effect' | 'after effect'; readonly step: string };

/**
 * A process that can die: from its death on none of its calls does anything or answers, as after `kill -9`. What it had
 * sent before has happened.
 */
export class Mortal {
  private readonly die: () => void;
  /** Resolves at the death. */
  readonly death: Promise<void>;
  dead = false;

  constructor(private readonly point: DeathPoint) {
    let tell: () => void = () => undefined;
    this.death = new Promise((resolve) => (tell = resolve));
    this.die = () => {
      this.dead = true;
      tell();
    };
  }

  readonly store = (store: EventStore): EventStore => ({
    head: (ref) => this.alive(() => store.head(ref)),
    read: (ref, after) => this.alive(() => store.read(ref, after)),
    position: () => this.alive(() => store.position()),
    appendAtomically: (requests) => this.alive(() => store.appendAtomically(requests)),
    at: (position) => this.alive(() => store.at(position)),
    confirm: (position) => this.alive(() => store.confirm(position)),
    subscribe: (options) => store.subscribe(options),
    append: (request) => this.append(store, request),
  });

  readonly runtime = (runtime: RuntimeTarget): RuntimeTarget =>
    new Proxy(runtime, {
      get: (target, name) => {
        if (name === 'deploySteps' || name === 'restoreSteps') {
          return (...input: Parameters<RuntimeTarget['deploySteps']>) => target[name](...input).map((step) => this.step(step));
        }
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (name === 'settle')
          return this.step({ name: 'settle', title: '', rerunnable: true, run: member.bind(target) as Step['run'] }, true);
        return member.bind(target) as unknown;
      },
    });

  private async append(store: EventStore, request: AppendRequest) {
    const hit = 'action' in this.point && request.events.some(({ action }) => 'action' in this.point && action === this.point.action);
    if (hit && this.point.at === 'before append') this.die();
    const result = await this.alive(() => store.append(request));
    if (hit) this.die();
    return this.alive(async () => result);
  }

  private step(step: Step): Step;
  private step(step: Step, settle: true): RuntimeTarget['settle'];
  private step(step: Step, settle?: true): Step | RuntimeTarget['settle'] {
    const mine = 'step' in this.point && this.point.step === step.name;
    const around = async (run: () => Promise<unknown>): Promise<unknown> => {
      if (mine && this.point.at === 'before effect') this.die();
      // Inside: the request is at the target, which carries it out whether or not anybody waits for the answer.
      const running = this.alive(run);
      if (mine && this.point.at === 'inside effect') this.die();
      const result = await running;
      if (mine && this.point.at === 'after effect') this.die();
      return this.alive(async () => result);
    };
    if (settle)
      return (async (input, context) =>
        around(() => (step.run as unknown as RuntimeTarget['settle'])(input, context))) as RuntimeTarget['settle'];
    return { ...step, run: (context) => around(() => step.run(context)) as ReturnType<Step['run']> };
  }

  private alive<T>(work: () => Promise<T>): Promise<T> {
    return this.dead ? new Promise<T>(() => undefined) : work();
  }
}
