import { randomUUID } from 'node:crypto';
import { eventually } from '@slipway/testing';
import type { Platform, Role } from '@slipway/platform-driver';
import type { JsonObject } from './http';

/**
 * A client that lives with outages: repeats a request with the same Idempotency-Key until it is answered for good, so that
 * what was acknowledged is known.
 */
export class PersistentClient {
  constructor(
    private readonly platform: Platform,
    private readonly role: Role,
    private readonly timeoutMs = 120_000,
  ) {}

  get = <T = JsonObject>(path: string): Promise<T> => this.call('GET', path);
  post = <T = JsonObject>(path: string, body: object = {}, key = randomUUID()): Promise<T> =>
    this.call('POST', path, JSON.stringify(body), { 'idempotency-key': key, 'content-type': 'application/json' });

  private async call<T>(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<T> {
    const { answer } = await eventually(
      async () => {
        const response = await fetch(`${this.platform.url}/api/v1${path}`, {
          method,
          body,
          headers: { ...headers, authorization: `Bearer ${this.platform.token(this.role)}` },
          signal: AbortSignal.timeout(20_000),
        });
        const text = await response.text();
        if (response.status >= 500 || response.status === 429) throw new Error(`${method} ${path} -> ${response.status} ${text}`);
        if (!response.ok) return { answer: Promise.reject(new Refused(response.status, JSON.parse(text) as Record<string, unknown>)) };
        return { answer: JSON.parse(text) as T };
      },
      { timeoutMs: this.timeoutMs, intervalMs: 200 },
    );
    return answer;
  }
}

/** A final refusal: a problem with a status below 500. */
export class Refused extends Error {
  readonly code: string;
  constructor(
    readonly status: number,
    readonly problem: Record<string, unknown>,
  ) {
    super(`${status} ${JSON.stringify(problem)}`);
    this.code = String(problem.code);
  }
}
