import { request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isSlipwayError, SlipwayError } from '@slipway/contracts';
import type { Answer } from '@slipway/runtime-target';
import type { KubeConnection } from './kube-connection';
import { apiErrorOf, KubeApiError } from './kube-errors';
import { collectionPath, objectPath, type KubeList, type KubeObject, type ResourcePath } from './kube-object';

export type ContentType =
  'application/json' | 'application/apply-patch+yaml' | 'application/merge-patch+json' | 'application/json-patch+json';

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly contentType?: ContentType;
  readonly signal?: AbortSignal;
  /** For each try; default 15 s. */
  readonly timeoutMs?: number;
}

/** How a workload answered through the proxy. */
export interface ProxyAnswer extends Answer {
  /** Round trip, the proxy's part in it included. */
  readonly ms: number;
}

const PROXY_TIMEOUT_MS = 5_000;
const TRY_TIMEOUT_MS = 15_000;
const TRIES = 6;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * JSON requests to one API server. Whatever it sends may be sent twice: names are chosen by us, so a repeated creation answers
 * 409, and every other write carries the resourceVersion that it was decided on. Hence 429 (waiting as long as asked), 500, 502,
 * 503, 504 and a connection that breaks are tried again, six times in all.
 */
export class KubeClient {
  private underWay = 0;
  private restsSince = performance.now();

  constructor(readonly connection: KubeConnection) {}

  /** Since when nothing is under way, streams included; 0 while something is. */
  get idleMs(): number {
    return this.underWay > 0 ? 0 : performance.now() - this.restsSince;
  }

  get namespace(): string {
    return this.connection.namespace;
  }

  /** @throws KubeApiError for what the server refuses, SlipwayError `dependency_unavailable` when it does not answer. */
  async json<T>(asked: KubeRequest): Promise<T> {
    const response = await this.tried(asked);
    return JSON.parse(response) as T;
  }

  get<T extends KubeObject>(resource: ResourcePath, name: string, signal?: AbortSignal): Promise<T | null> {
    return this.json<T>({ method: 'GET', path: objectPath(resource, this.namespace, name), signal }).catch(absent);
  }

  list<T extends KubeObject>(resource: ResourcePath, labelSelector: string, signal?: AbortSignal): Promise<KubeList<T>> {
    return this.json<KubeList<T>>({ method: 'GET', path: collectionPath(resource, this.namespace), query: { labelSelector }, signal });
  }

  /** Gone afterwards, dependents in the background; true when it was there. */
  async remove(
    resource: ResourcePath,
    name: string,
    preconditions: { uid?: string; resourceVersion?: string },
    signal?: AbortSignal,
  ): Promise<boolean> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', preconditions };
    const path = objectPath(resource, this.namespace, name);
    return (await this.json({ method: 'DELETE', path, body, signal }).catch(absent)) !== null;
  }

  /** The answer as it comes: logs, watches. Not tried again; ends with the signal. */
  async stream(asked: KubeRequest): Promise<IncomingMessage> {
    const response = await this.send(asked, this.connection.streams);
    if (response.statusCode !== 200) throw apiErrorOf(response.statusCode ?? 0, await bodyOf(response));
    return response;
  }

  /**
   * One GET to a workload through the API server's proxy, as it is answered; never tried again. Status null: no answer, and why.
   * `path`: of a pod's or Service's proxy.
   */
  async ask(path: string, signal: AbortSignal): Promise<ProxyAnswer> {
    const beganAt = performance.now();
    try {
      const response = await this.send({ method: 'GET', path, signal, timeoutMs: PROXY_TIMEOUT_MS });
      const body = await bodyOf(response);
      const ms = performance.now() - beganAt;
      const status = response.statusCode ?? 0;
      const failure = status >= 500 && isStatusObject(body) ? apiErrorOf(status, body).message || 'no endpoint' : null;
      return failure === null ? { status, body, ms, failure } : { status: null, body: '', ms, failure };
    } catch (error) {
      signal.throwIfAborted();
      return { status: null, body: '', ms: performance.now() - beganAt, failure: error instanceof Error ? error.message : String(error) };
    }
  }

  close(): void {
    this.connection.agent.destroy();
    this.connection.streams.destroy();
  }

  private async tried(asked: KubeRequest): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      let waitMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
      try {
        const response = await this.send(asked);
        const body = await bodyOf(response);
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) return body;
        if (attempt >= TRIES || !mayPass(status)) throw apiErrorOf(status, body);
        waitMs = Math.max(waitMs, retryAfterMs(response));
      } catch (error) {
        if (error instanceof KubeApiError || isSlipwayError(error)) throw error;
        asked.signal?.throwIfAborted();
        if (isSlipwayError((error as { cause?: unknown }).cause)) throw (error as { cause: unknown }).cause;
        if (attempt >= TRIES) throw this.unreachable(error);
      }
      await pause(waitMs, undefined, { signal: asked.signal });
    }
  }

  private send(asked: KubeRequest, agent = this.connection.agent): Promise<IncomingMessage> {
    const { server, headers } = this.connection;
    const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
    const options: RequestOptions = {
      method: asked.method,
      hostname: server.hostname.replace(/^\[|\]$/g, ''),
      port: server.port || 443,
      path: `${server.pathname.replace(/\/$/, '')}${asked.path}${queryOf(asked.query)}`,
      agent,
      signal: asked.signal,
      timeout: asked.timeoutMs ?? TRY_TIMEOUT_MS,
      headers: {
        ...headers,
        ...(body !== undefined && { 'content-type': asked.contentType ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(options, resolve);
      outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${options.timeout} ms`)));
      outgoing.once('error', reject);
      this.underWay++;
      outgoing.once('close', () => {
        this.underWay--;
        this.restsSince = performance.now();
      });
      outgoing.end(body);
    });
  }

  private unreachable(error: unknown): SlipwayError {
    const why = error instanceof Error ? error.message : String(error);
    return new SlipwayError(
      'dependency_unavailable',
      `The API server ${this.connection.server.origin} cannot be reached: ${why}`,
      { server: this.connection.server.origin },
      { cause: error },
    );
  }
}

/** The proxy's own words, not the workload's. */
const isStatusObject = (body: string): boolean => /^\s*\{.*"kind":\s*"Status"/.test(body.slice(0, 200).replaceAll('\n', ' '));

const mayPass = (status: number): boolean => [429, 500, 502, 503, 504].includes(status);

function retryAfterMs({ headers }: IncomingMessage): number {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 30) * 1000 : 0;
}

function absent(error: unknown): null {
  if (error instanceof KubeApiError && error.status === 404) return null;
  throw error;
}

function queryOf(query: KubeRequest['query']): string {
  const entries = Object.entries(query ?? {}).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined);
  return entries.length === 0
    ? ''
    : `?${new URLSearchParams(Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))).toString()}`;
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error(`the answer is larger than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
