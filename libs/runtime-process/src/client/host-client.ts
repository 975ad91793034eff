import { Agent, request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { isSlipwayError, SlipwayError, type ErrorCode } from '@slipway/contracts';
import { HOST_API_VERSION, type HostError, type HostHealth } from '../protocol';
import { startHost, type HostStart } from './start-host';

const START_DEADLINE_MS = 15_000;
const ANSWER_DEADLINE_MS = 30_000;
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', 'ECONNABORTED']);

const CODES: Record<HostError['code'], ErrorCode> = {
  stale_fence: 'stale_fence',
  artifact_invalid: 'artifact_invalid',
  artifact_too_large: 'artifact_too_large',
  resource_in_use: 'resource_in_use',
  unknown_resource: 'unknown_resource',
  invalid_request: 'internal',
  unavailable: 'dependency_unavailable',
  internal: 'dependency_failed',
};

export interface CallOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
}

/**
 * Talks to the host over its socket, and starts it when it is not there. Every call is idempotent, so one whose connection
 * broke is made again. @throws SlipwayError with the host's code, or `dependency_unavailable` when no host comes up.
 */
export class HostClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32, timeout: 3000 });

  constructor(private readonly host: HostStart) {}

  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const text = options.body === undefined ? '' : JSON.stringify(options.body);
    return this.persistently(async () => readAnswer<T>(await this.send(method, path, text, options)), options.signal);
  }

  /** Streams an artifact's tarball; `open` gives it anew for each attempt. */
  async upload(path: string, open: () => Promise<AsyncIterable<Uint8Array>>, signal: AbortSignal): Promise<void> {
    await this.persistently(async () => {
      const tarball = Readable.from(await open());
      await readAnswer(await this.send('PUT', path, tarball, { signal, deadlineMs: 600_000 }));
    }, signal);
  }

  /** The raw answer, for streams. */
  stream(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    return this.persistently(() => this.send('GET', path, '', { signal, deadlineMs: 2 ** 31 - 1 }), signal);
  }

  /** Starts the host unless one answers; replaces one that speaks another version of the API (its replicas stay up). */
  async ensureHost(): Promise<HostHealth> {
    const health = await this.call<HostHealth>('GET', '/health');
    if (health.apiVersion === HOST_API_VERSION) return health;
    await this.shutdown(true);
    return this.call<HostHealth>('GET', '/health');
  }

  /** Null when none answers; starts nothing. */
  async health(): Promise<HostHealth | null> {
    try {
      return await readAnswer<HostHealth>(await this.send('GET', '/health', '', {}));
    } catch (error) {
      if (isUnreachable(error)) return null;
      throw error;
    }
  }

  /** Resolves when no host answers any more; it takes as long as the replicas take to stop. */
  async shutdown(keepWorkloads: boolean): Promise<void> {
    const before = await this.health();
    if (!before) return;
    await this.call('POST', `/shutdown?keep_workloads=${keepWorkloads}`);
    while ((await this.health())?.pid === before.pid) await pause(25);
  }

  close(): void {
    this.agent.destroy();
  }

  private async persistently<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const giveUpAt = performance.now() + START_DEADLINE_MS;
    let startedAt = -Infinity;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        signal?.throwIfAborted();
        if (!isUnreachable(error)) throw error;
        if (performance.now() >= giveUpAt) throw unavailable(error);
        if (performance.now() - startedAt > 2000) {
          startHost(this.host);
          startedAt = performance.now();
        }
        await pause(25, undefined, { signal });
      }
    }
  }

  private send(
    method: string,
    path: string,
    body: string | Readable,
    { signal, deadlineMs = ANSWER_DEADLINE_MS }: CallOptions,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = request({ socketPath: this.host.paths.socket, method, path, agent: this.agent, signal }, (response) => {
        clearTimeout(timer);
        resolve(response);
      });
      const timer = setTimeout(() => {
        reject(
          new SlipwayError('dependency_unavailable', `The host of the process runtime did not answer within ${deadlineMs} ms.`, { path }),
        );
        outgoing.destroy();
      }, deadlineMs);
      outgoing.once('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      if (typeof body === 'string') {
        outgoing.end(body);
      } else {
        body.once('error', (error) => outgoing.destroy(error));
        body.pipe(outgoing);
      }
    });
  }
}

async function readAnswer<T>(response: IncomingMessage): Promise<T> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  const answer = JSON.parse(text) as unknown;
  if (response.statusCode === 200) return answer as T;
  const { code, message } = answer as HostError;
  throw new SlipwayError(CODES[code] ?? 'dependency_failed', message, { host_code: code });
}

/** Nobody answers, or somebody who is leaving. */
const isUnreachable = (error: unknown): boolean =>
  UNREACHABLE.has((error as NodeJS.ErrnoException).code ?? '') || (isSlipwayError(error) && error.details['host_code'] === 'unavailable');

const unavailable = (cause: unknown): SlipwayError =>
  new SlipwayError(
    'dependency_unavailable',
    'The host of the process runtime does not start; its host.log in the data directory says why.',
    {},
    { cause },
  );
