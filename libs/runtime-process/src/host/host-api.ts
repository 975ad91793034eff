import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { EnsureRelease, HostError, RemoveRelease, RunTask, ScaleRelease, SetRoutes } from '../protocol';
import { HOST_API_VERSION, type HostHealth } from '../protocol';
import { inspectSlot } from './drift-inspection';
import type { Host } from './host';
import { HostFailure } from './host-failure';
import { readLogs } from './workload-logs';

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** One call: path segments, query, a signal that the caller has gone away. */
interface Call {
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly gone: AbortSignal;
}
type Handler = (call: Call) => unknown;

/** The host's API: JSON over HTTP, for whoever may open its socket. protocol.ts has the shapes. */
export function hostApi(host: Host, onShutdown: (keepWorkloads: boolean) => void): Server {
  const startedAt = new Date().toISOString();
  const slot = ({ segments }: Call) => host.slot(segments[1]!);
  const handlers: Record<string, Handler> = {
    'GET health': (): HostHealth => ({ apiVersion: HOST_API_VERSION, pid: process.pid, startedAt, rssBytes: process.memoryUsage.rss() }),
    'POST shutdown': ({ query }) => onShutdown(query.get('keep_workloads') === 'true'),
    'GET journal': ({ query, gone }) => host.journal.read(numberOf(query, 'after'), numberOf(query, 'wait_ms'), gone),
    'GET journal *': ({ segments }) => ({ cursor: host.journal.cursor(segments[1]!) }),
    'PUT journal *': ({ segments, query }) => host.journal.acknowledge(segments[1]!, numberOf(query, 'sequence')),
    'GET artifacts *': ({ segments }) => ({ present: host.artifacts.has(segments[1]!) }),
    'PUT artifacts *': ({ segments, request }) => host.artifacts.put(segments[1]!, request),
    'GET slots': () => ({ slots: host.slotIds }),
    'GET slots *': (call) => slot(call).status(),
    'GET slots * metrics': (call) => slot(call).metrics(),
    'GET slots * inspection': (call) => inspectSlot(host, call.segments[1]!),
    'GET slots * logs': (call) => streamLogs(host, call),
    'PUT slots * routes': async (call) => slot(call).setRoutes(await bodyOf<SetRoutes>(call.request)),
    'PUT slots * releases *': async ({ segments, request }) =>
      host.ensureRelease(segments[1]!, segments[3]!, await bodyOf<EnsureRelease>(request)),
    'PUT slots * tasks *': async (call) => slot(call).runTask(call.segments[3]!, await bodyOf<RunTask>(call.request)),
    'GET slots * tasks *': (call) => slot(call).tasks.status(call.segments[3]!, numberOf(call.query, 'from')),
    'POST slots * releases * scale': async (call) => slot(call).scaleRelease(call.segments[3]!, await bodyOf<ScaleRelease>(call.request)),
    'POST slots * releases * remove': async (call) =>
      slot(call).removeRelease(call.segments[3]!, await bodyOf<RemoveRelease>(call.request)),
  };
  return createServer({ requestTimeout: 0 }, (request, response) => void handle(handlers, request, response));
}

async function handle(handlers: Record<string, Handler>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const url = new URL(request.url ?? '/', 'http://host');
    const segments = url.pathname.split('/').slice(1).map(decodeURIComponent);
    const pattern = segments.map((segment, index) => (index === 1 || index === 3 ? '*' : segment)).join(' ');
    const handler = handlers[`${request.method} ${pattern}`];
    if (!handler) throw new HostFailure('unknown_resource', `this host has no ${request.method} ${url.pathname}`);
    const answer = await handler({ segments, query: url.searchParams, request, response, gone: gone.signal });
    if (!response.headersSent) send(response, 200, answer ?? {});
  } catch (error) {
    sendFailure(response, error);
  }
}

function sendFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const failure: HostError =
    error instanceof HostFailure
      ? { code: error.code, message: error.message }
      : { code: 'internal', message: error instanceof Error ? error.message : String(error) };
  send(response, error instanceof HostFailure ? error.status : 500, failure);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

async function streamLogs(host: Host, { segments, query, response, gone }: Call): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const wanted = { releaseId: query.get('release'), lines: numberOf(query, 'lines'), follow: query.get('follow') === 'true' };
  for await (const line of readLogs(host.logDirectory(segments[1]!), wanted, gone)) response.write(`${JSON.stringify(line)}\n`);
  response.end();
}

async function bodyOf<T>(request: IncomingMessage): Promise<T> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new HostFailure('invalid_request', 'the document is larger than 8 MiB');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as T;
  } catch {
    throw new HostFailure('invalid_request', 'the body is no JSON');
  }
}

function numberOf(query: URLSearchParams, name: string): number {
  const value = Number(query.get(name) ?? 0);
  if (!Number.isFinite(value) || value < 0) throw new HostFailure('invalid_request', `${name} is a number, 0 or above`);
  return value;
}
