import { request, STATUS_CODES, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Balancer } from './balancer';
import { endToEnd, hasBody, requestHeaders } from './proxy-headers';
import type { Replica } from './replica';
import type { Traffic } from './traffic';

const MAX_ATTEMPTS = 4;
/** A request over which two replicas died is not given to a third. */
const MAX_REACHED = 2;

/**
 * One request through the slot's router, streamed both ways. While no byte of a response has come it is sent again to another
 * ready replica if that cannot do anything twice: no connection came about, or it is idempotent and has no body. All other
 * requests get a connection of their own, as one that was kept may be closing at that moment.
 */
export class Forward {
  private readonly tried = new Set<Replica>();
  private readonly body: boolean;
  /** Twice is as good as once, and there is no body that is gone after the first time. */
  private readonly repeatable: boolean;
  /** How many replicas got the request. */
  private reached = 0;
  private outgoing: ClientRequest | undefined;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly balancer: Balancer,
    private readonly traffic: Traffic,
  ) {
    this.body = hasBody(incoming);
    this.repeatable = !this.body && IDEMPOTENT.has(incoming.method ?? '');
    response.once('close', () => {
      if (!response.writableFinished) this.outgoing?.destroy();
    });
  }

  run(): void {
    const replica = this.tried.size < MAX_ATTEMPTS && this.reached < MAX_REACHED ? this.balancer.choose(this.tried) : undefined;
    if (replica) this.attempt(replica);
    else if (this.reached === 0) refuse(this.response, 503, 'no_ready_replica', 'No replica of this slot is ready; its status tells why.');
    else refuse(this.response, 502, 'replica_failed', 'The replica closed the connection before it answered.');
  }

  private attempt(replica: Replica): void {
    this.tried.add(replica);
    const done = replica.inFlight.begin();
    const end = this.traffic.begin(replica.releaseId);
    const outgoing = this.open(replica);
    if (!outgoing) {
      done();
      end('abandoned');
      refuse(this.response, 400, 'invalid_request', 'The request has a header or path that cannot be passed on.');
      return;
    }
    this.outgoing = outgoing;
    let connected = false;
    let settled = false;
    const fail = () => {
      if (settled) return;
      settled = true;
      end(this.response.destroyed ? 'abandoned' : 'failed');
      this.failed(replica, connected);
    };
    outgoing.once('socket', (socket) => {
      const begin = () => {
        connected = true;
        this.sendBody(outgoing);
      };
      if (socket.connecting) socket.once('connect', begin);
      else begin();
    });
    outgoing.once('response', (answer) => {
      if (settled) return;
      settled = true;
      end(this.relay(answer) && (answer.statusCode ?? 500) < 500 ? 'answered' : 'failed');
    });
    outgoing.on('error', fail);
    outgoing.once('close', () => {
      done();
      fail();
    });
  }

  private open(replica: Replica): ClientRequest | null {
    const { incoming } = this;
    const headers = requestHeaders(incoming);
    if (incoming.headers['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
    const agent = this.repeatable ? replica.inFlight.agent : false;
    const to = { host: '127.0.0.1', port: replica.port ?? 0, method: incoming.method, path: incoming.url };
    try {
      return request({ ...to, headers, setHost: false, agent });
    } catch {
      return null;
    }
  }

  private sendBody(outgoing: ClientRequest): void {
    if (this.body) this.incoming.pipe(outgoing);
    else outgoing.end();
  }

  private failed(replica: Replica, connected: boolean): void {
    if (this.response.destroyed || this.response.writableEnded) return;
    if (!connected) replica.suspect();
    if (connected) this.reached++;
    if (!connected || this.repeatable) this.run();
    else refuse(this.response, 502, 'replica_failed', 'The replica closed the connection before it answered.');
  }

  /** False: what the replica answered cannot be said in HTTP. */
  private relay(answer: IncomingMessage): boolean {
    answer.once('aborted', () => this.response.destroy());
    try {
      this.response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer));
    } catch {
      answer.resume();
      refuse(this.response, 502, 'replica_failed', 'The replica answered something that is no HTTP.');
      return false;
    }
    answer.pipe(this.response);
    return true;
  }
}

/** RFC 9110, section 9.2.2. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

export function refuse(response: ServerResponse, status: number, code: string, detail: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ type: 'about:blank', title: 'Slot router', status, code, detail });
  response.writeHead(status, STATUS_CODES[status], {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    ...(status === 503 && { 'retry-after': '1' }),
  });
  response.end(body);
}
