/** One thing without which this process cannot serve. `run` throws when it does not work. */
export interface ReadinessCheck {
  readonly name: string;
  run(signal: AbortSignal): Promise<void> | void;
}

export interface CheckResult {
  readonly ok: boolean;
  readonly duration_ms: number;
  readonly error?: string;
}

/** The body of `/healthz/ready`. `failing` names the checks that stand in the way. */
export interface ReadinessReport {
  readonly status: 'ready' | 'not_ready';
  readonly failing: readonly string[];
  readonly checks: Readonly<Record<string, CheckResult>>;
}

export interface ReadinessOptions {
  /** Of each check; default 3500. */
  readonly timeoutMs?: number;
  /** How long a report is good for; default 1000. */
  readonly maxAgeMs?: number;
}

const RECENT_MS = 10_000;

/**
 * Whether the process can do its work now: every check run for real, each with its time limit, all at once; callers at
 * the same moment share one run, and a report is good for a second.
 */
export class Readiness {
  private readonly checks: ReadinessCheck[] = [];
  private running: Promise<ReadinessReport> | undefined;
  private last: { readonly report: ReadinessReport; readonly at: number } | undefined;
  private closed: string | undefined = 'starting';

  constructor(
    private readonly options: ReadinessOptions = {},
    private readonly onReport: (report: ReadinessReport) => void = () => undefined,
  ) {}

  add(check: ReadinessCheck): void {
    this.checks.push(check);
    this.last = undefined;
  }

  /** Until `open`, and after `close`, the report is `not_ready` by the check named here (`starting`, `draining`). */
  open(): void {
    this.closed = undefined;
    this.last = undefined;
  }
  close(why: string): void {
    this.closed = why;
  }

  async report(): Promise<ReadinessReport> {
    if (this.closed !== undefined)
      return this.announce(summary({ [this.closed]: { ok: false, duration_ms: 0, error: `the process is ${this.closed}` } }));
    if (this.last && performance.now() - this.last.at < (this.options.maxAgeMs ?? 1_000)) return this.last.report;
    return this.shared();
  }

  /**
   * What the checks said lately, whether the process is open or not: a good report of the last ten seconds at once, while
   * a newer one is being made; for everything else a fresh one. Costs the usual caller nothing.
   */
  async recent(): Promise<ReadinessReport> {
    const age = this.last ? performance.now() - this.last.at : Infinity;
    if (this.last && age < (this.options.maxAgeMs ?? 1_000)) return this.last.report;
    const fresh = this.shared();
    return this.last?.report.status === 'ready' && age < RECENT_MS ? this.last.report : fresh;
  }

  private shared(): Promise<ReadinessReport> {
    this.running ??= this.runAll().finally(() => (this.running = undefined));
    return this.running;
  }

  private async runAll(): Promise<ReadinessReport> {
    const results = await Promise.all(this.checks.map(async (check) => [check.name, await this.runOne(check)] as const));
    const report = summary(Object.fromEntries(results));
    this.last = { report, at: performance.now() };
    return this.announce(report);
  }

  private announce(report: ReadinessReport): ReadinessReport {
    this.onReport(report);
    return report;
  }

  private async runOne(check: ReadinessCheck): Promise<CheckResult> {
    const started = performance.now();
    const duration = (): number => Math.round((performance.now() - started) * 10) / 10;
    const limit = new AbortController();
    const timeoutMs = this.options.timeoutMs ?? 3_500;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        limit.abort();
        reject(new Error(`no result within ${timeoutMs} ms`));
      }, timeoutMs);
    });
    try {
      await Promise.race([Promise.resolve(check.run(limit.signal)), late]);
      return { ok: true, duration_ms: duration() };
    } catch (error) {
      return { ok: false, duration_ms: duration(), error: error instanceof Error ? error.message : String(error) };
    } finally {
      clearTimeout(timer);
    }
  }
}

function summary(checks: Record<string, CheckResult>): ReadinessReport {
  const failing = Object.entries(checks)
    .filter(([, result]) => !result.ok)
    .map(([name]) => name);
  return { status: failing.length === 0 ? 'ready' : 'not_ready', failing, checks };
}
