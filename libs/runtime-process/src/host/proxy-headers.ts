import type { IncomingMessage } from 'node:http';

/** RFC 9110, section 7.6.1: meant for one connection, never forwarded. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Name and value alternating, as they came, without those of the connection; repeated headers stay repeated. */
export function endToEnd(message: IncomingMessage): string[] {
  const named = new Set((message.headers.connection ?? '').toLowerCase().split(/\s*,\s*/));
  const kept: string[] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index]!.toLowerCase();
    if (!HOP_BY_HOP.has(name) && !named.has(name)) kept.push(message.rawHeaders[index]!, message.rawHeaders[index + 1]!);
  }
  return kept;
}

const FORWARDED = new Set(['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'expect']);

/** Headers of the request to the replica: the caller's, plus who asked for what (X-Forwarded-*). */
export function requestHeaders(incoming: IncomingMessage): string[] {
  const headers = endToEnd(incoming);
  const kept: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (!FORWARDED.has(headers[index]!.toLowerCase())) kept.push(headers[index]!, headers[index + 1]!);
  }
  if (incoming.headers.host === undefined) kept.push('Host', 'localhost');
  const earlier = incoming.headers['x-forwarded-for'];
  const peer = incoming.socket.remoteAddress ?? 'unknown';
  kept.push('X-Forwarded-For', earlier === undefined ? peer : `${String(earlier)}, ${peer}`);
  kept.push('X-Forwarded-Host', String(incoming.headers['x-forwarded-host'] ?? incoming.headers.host ?? ''));
  kept.push('X-Forwarded-Proto', String(incoming.headers['x-forwarded-proto'] ?? 'http'));
  return kept;
}

/** The message says that a body follows. */
export const hasBody = (message: IncomingMessage): boolean =>
  message.headers['transfer-encoding'] !== undefined || Number(message.headers['content-length'] ?? 0) > 0;
