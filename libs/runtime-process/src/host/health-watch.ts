import type { ManifestProcess, ResolvedProbe } from '../manifest';
import { probeHttp, probePort, type ProbeAnswer } from './probe';

/** While a replica is not ready it is probed at least this often, whatever its period (Kubernetes does likewise). */
const IMPATIENT_MS = 150;
/** A process that serves nothing counts as ready after running this long. */
const SETTLED_AFTER_MS = 1000;
const PORT_PERIOD_MS = 5000;

export interface HealthVerdicts {
  onReady(ready: boolean, detail: string): void;
  /** Startup or liveness gave up on the replica: it is to be restarted. */
  onDead(detail: string): void;
}

/**
 * Probes one replica from its start to its end: startup first, then readiness and liveness side by side. Startup's budget is
 * `initial_delay + period x failure_threshold`; until it has passed, neither of the others counts.
 */
export class HealthWatch {
  private stopped = false;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly process: ManifestProcess,
    private readonly port: number | null,
    private readonly verdicts: HealthVerdicts,
  ) {}

  /** `alreadyUp`: an adopted replica that was ready; its startup is behind it. */
  start(alreadyUp: boolean): void {
    if (this.port === null) {
      this.later(alreadyUp ? 0 : SETTLED_AFTER_MS, () => this.verdicts.onReady(true, 'is running'));
    } else if (this.process.probes.startup && !alreadyUp) {
      this.watchStartup(this.process.probes.startup, this.port);
    } else {
      this.watchServing(this.port, alreadyUp);
    }
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private watchStartup(probe: ResolvedProbe, port: number): void {
    const giveUpAt = performance.now() + probe.initial_delay_ms + probe.period_ms * probe.failure_threshold;
    this.repeat(probe.initial_delay_ms, async () => {
      const answer = await probeHttp(port, probe);
      if (answer.ok) {
        this.watchServing(port, false);
        return null;
      }
      if (performance.now() >= giveUpAt) {
        this.dead(`startup probe failed: ${answer.detail}`);
        return null;
      }
      return Math.min(probe.period_ms, IMPATIENT_MS);
    });
  }

  private watchServing(port: number, wasReady: boolean): void {
    const { readiness, liveness } = this.process.probes;
    if (readiness) this.watchReadiness(() => probeHttp(port, readiness), readiness, wasReady);
    else
      this.watchReadiness(
        () => probePort(port),
        { period_ms: PORT_PERIOD_MS, failure_threshold: 3, success_threshold: 1, initial_delay_ms: 0 },
        wasReady,
      );
    if (liveness) this.watchLiveness(liveness, port);
  }

  private watchReadiness(
    probe: () => Promise<ProbeAnswer>,
    rule: Pick<ResolvedProbe, 'period_ms' | 'failure_threshold' | 'success_threshold' | 'initial_delay_ms'>,
    wasReady: boolean,
  ): void {
    let ready = wasReady;
    let successes = 0;
    let failures = 0;
    this.repeat(wasReady ? 0 : rule.initial_delay_ms, async () => {
      const answer = await probe();
      successes = answer.ok ? successes + 1 : 0;
      failures = answer.ok ? 0 : failures + 1;
      const next = answer.ok ? ready || successes >= rule.success_threshold : ready && failures < rule.failure_threshold;
      if (next !== ready && !this.stopped) this.verdicts.onReady(next, answer.detail);
      ready = next;
      return ready ? rule.period_ms : Math.min(rule.period_ms, IMPATIENT_MS);
    });
  }

  private watchLiveness(probe: ResolvedProbe, port: number): void {
    let failures = 0;
    this.repeat(probe.initial_delay_ms, async () => {
      const answer = await probeHttp(port, probe);
      failures = answer.ok ? 0 : failures + 1;
      if (failures < probe.failure_threshold) return probe.period_ms;
      this.dead(`liveness probe failed ${failures} times: ${answer.detail}`);
      return null;
    });
  }

  private dead(detail: string): void {
    if (this.stopped) return;
    this.stop();
    this.verdicts.onDead(detail);
  }

  /** Runs `turn` after `delay`, then again after as many milliseconds as it answers; null ends it. */
  private repeat(delay: number, turn: () => Promise<number | null>): void {
    this.later(delay, () => {
      void turn().then((next) => {
        if (next !== null) this.repeat(next, turn);
      });
    });
  }

  private later(delay: number, action: () => void): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.stopped) action();
    }, delay);
    this.timers.add(timer);
  }
}
