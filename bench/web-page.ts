import { eventually } from '@slipway/testing';
import type { Page, Request } from 'playwright-core';

/** What a page did to its user during some act. Times in milliseconds. */
export interface Felt {
  /** The longest task on the page's own thread; 50 and more is felt as a hitch. 0: none reached 50. */
  readonly longestTask: number;
  /** Frames that came later than twice their time at 60 Hz, as a share of all. */
  readonly lateFrames: number;
  /** The slowest answer to a key or a press, up to the next paint; from 16 on. */
  readonly slowestAnswer: number;
}

/** Runs in the page before its own scripts. */
const WATCH = `
  window.felt = { tasks: [], answers: [], frames: [] };
  new PerformanceObserver((list) => felt.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
  new PerformanceObserver((list) => felt.answers.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'event', durationThreshold: 16 });
  let before = performance.now();
  const frame = (now) => { felt.frames.push(now - before); before = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);`;
/** Everything is painted and the observers were told. */
const SETTLED = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100))))`;
const TAKEN = `(() => { const taken = felt; felt = { tasks: [], answers: [], frames: [] }; return taken; })()`;
const STREAM = '/api/v1/events';
const QUIET_MS = 600;
const LATE_MS = 2 * (1000 / 60) + 1;

const most = (values: readonly number[]): number => values.reduce((greatest, value) => Math.max(greatest, value), 0);

/** A page that is watched: what it costs its user, and what it asks of the gateway. */
export class WatchedPage {
  private asked: string[] = [];
  private lastAsked = 0;
  private readonly open = new Set<Request>();

  private constructor(readonly page: Page) {}

  static async watch(page: Page): Promise<WatchedPage> {
    const watched = new WatchedPage(page);
    await page.addInitScript(WATCH);
    page.on('request', (request) => watched.note(request));
    for (const ended of ['requestfinished', 'requestfailed'] as const)
      page.on(ended as 'requestfinished', (request) => watched.open.delete(request));
    return watched;
  }

  private note(request: Request): void {
    const path = new URL(request.url()).pathname;
    if (!path.startsWith('/api/') || path === STREAM) return;
    this.asked.push(path);
    this.open.add(request);
    this.lastAsked = Date.now();
  }

  /** Nothing is being asked, and nothing was for a while. The event stream never ends and does not count. */
  private quiet(): Promise<unknown> {
    return eventually(() => this.open.size === 0 && Date.now() - this.lastAsked > QUIET_MS, { timeoutMs: 30_000, intervalMs: 50 });
  }

  /** What an act did to the page. */
  async during(act: () => Promise<unknown>): Promise<Felt> {
    await this.page.evaluate(SETTLED);
    await this.page.evaluate(TAKEN);
    await act();
    await this.page.evaluate(SETTLED);
    const { tasks, answers, frames } = await this.page.evaluate<{ tasks: number[]; answers: number[]; frames: number[] }>(TAKEN);
    const late = frames.filter((ms) => ms > LATE_MS).length;
    return { longestTask: most(tasks), lateFrames: late / Math.max(1, frames.length), slowestAnswer: most(answers) };
  }

  /** Requests of the API that were made during an act, by path. */
  async asksDuring(act: () => Promise<unknown>): Promise<readonly string[]> {
    this.asked = [];
    await act();
    await this.quiet();
    return [...this.asked];
  }

  nodes(): Promise<number> {
    return this.page.evaluate<number>(`document.querySelectorAll('*').length`);
  }

  /** Megabytes of script memory that are still held after a collection of garbage. */
  async heapMb(): Promise<number> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    return usedSize / 1024 ** 2;
  }
}
