import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface LoadResult {
  readonly requests: number;
  /** No answer, or a status of 500 and above. */
  readonly failed: number;
  /** What the first failures were. */
  readonly failures: readonly string[];
  /** How often each body was answered. */
  readonly answers: ReadonlyMap<string, number>;
}

export interface Load {
  /** So far. */
  readonly result: LoadResult;
  /** Ends the load after the requests on their way have been answered. */
  stop(): Promise<LoadResult>;
}

const KEPT_FAILURES = 20;

/**
 * Constant traffic on a URL over kept-alive connections (`kept: false`: one for each request): `connections` loops, each pausing
 * `pauseMs` between requests.
 */
export function startLoad(url: string, { connections = 4, pauseMs = 5, timeoutMs = 10_000, kept = true } = {}): Load {
  const agent = new Agent({ keepAlive: kept, maxSockets: connections });
  const failures: string[] = [];
  const answers = new Map<string, number>();
  const count = { requests: 0, failed: 0 };
  let running = true;
  const fail = (reason: string): void => {
    count.failed += 1;
    if (failures.length < KEPT_FAILURES) failures.push(reason);
  };
  const loop = async (): Promise<void> => {
    while (running) {
      count.requests += 1;
      try {
        const { status, body } = await get(url, agent, timeoutMs);
        if (status >= 500) fail(`${status} ${body.slice(0, 200)}`);
        else answers.set(body, (answers.get(body) ?? 0) + 1);
      } catch (error) {
        fail(String(error));
      }
      // A test that fails before it stops its load must not keep the process.
      await delay(pauseMs, undefined, { ref: false });
    }
  };
  const loops = Array.from({ length: connections }, loop);
  const result = (): LoadResult => ({ ...count, failures, answers });
  return {
    get result() {
      return result();
    },
    stop: async () => {
      running = false;
      await Promise.all(loops);
      agent.destroy();
      return result();
    },
  };
}

const get = (url: string, agent: Agent, timeoutMs: number): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const call = request(url, { agent, timeout: timeoutMs }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.once('error', reject);
    });
    call.once('timeout', () => call.destroy(new Error(`no answer in ${timeoutMs} ms`)));
    call.once('error', reject);
    call.end();
  });
