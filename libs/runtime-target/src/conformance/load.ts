import { Agent, request } from 'node:http';

export interface LoadReport {
  readonly requests: number;
  /** One line per request that was not answered with 200. */
  readonly failures: readonly string[];
  /** Answers by version. */
  readonly versions: ReadonlyMap<string, number>;
}

const CALLERS = 4;
const PACE_MS = 10;

/** Steady requests from a few callers over kept connections (or each on its own), every fourth a POST with a body (or none), until it is ended. */
export class Load {
  private readonly agent: Agent;
  private readonly failures: string[] = [];
  private readonly versions = new Map<string, number>();
  private requests = 0;
  private ending = false;
  private readonly callers: readonly Promise<void>[];

  constructor(
    private readonly url: string,
    private readonly bodies = true,
    keptConnections = true,
  ) {
    this.agent = new Agent({ keepAlive: keptConnections });
    this.callers = Array.from({ length: CALLERS }, (_, index) => this.call(index));
  }

  get answered(): number {
    return this.requests;
  }

  async end(): Promise<LoadReport> {
    this.ending = true;
    await Promise.all(this.callers);
    this.agent.destroy();
    return { requests: this.requests, failures: this.failures, versions: this.versions };
  }

  private async call(caller: number): Promise<void> {
    for (let turn = caller; !this.ending; turn++) {
      try {
        const { status, body } = await ask(this.url, this.bodies && turn % 4 === 0 ? 'POST' : 'GET', this.agent);
        if (status === 200) this.count(body);
        else this.failures.push(`${status} ${body.slice(0, 200)}`);
      } catch (error) {
        this.failures.push(String(error));
      }
      this.requests++;
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
  }

  private count(body: string): void {
    const { version } = JSON.parse(body) as { version: string };
    this.versions.set(version, (this.versions.get(version) ?? 0) + 1);
  }
}

/** One request; rejects when there is no complete answer. */
export function ask(url: string, method = 'GET', agent?: Agent): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent: agent ?? false, timeout: 10_000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.once('error', reject);
      response.once('aborted', () => reject(new Error('the answer was cut off')));
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer within 10 s')));
    outgoing.once('error', reject);
    outgoing.end(method === 'POST' ? 'a small body' : undefined);
  });
}
