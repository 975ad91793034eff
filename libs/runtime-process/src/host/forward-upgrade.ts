import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Balancer } from './balancer';
import { endToEnd, requestHeaders } from './proxy-headers';
import type { Replica } from './replica';

/** Passes an upgrade (a WebSocket, say) through to one replica; its bytes then flow both ways until either side ends. */
export function forwardUpgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer, balancer: Balancer): void {
  socket.on('error', () => socket.destroy());
  connectTo(incoming, socket, head, balancer, new Set());
}

function connectTo(incoming: IncomingMessage, socket: Duplex, head: Buffer, balancer: Balancer, tried: Set<Replica>): void {
  const replica = balancer.choose(tried);
  if (!replica) {
    socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  tried.add(replica);
  const headers = [...requestHeaders(incoming), 'Connection', 'Upgrade', 'Upgrade', incoming.headers.upgrade ?? ''];
  const outgoing = open(incoming, replica, headers);
  if (!outgoing) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  outgoing.once('upgrade', (answer, replicaSocket, replicaHead) => {
    replica.inFlight.hold(replicaSocket);
    socket.write(statusAndHeaders(answer, answer.rawHeaders));
    if (replicaHead.length > 0) socket.write(replicaHead);
    if (head.length > 0) replicaSocket.write(head);
    join(socket, replicaSocket);
  });
  outgoing.once('response', (answer) => {
    socket.write(statusAndHeaders(answer, [...endToEnd(answer), 'Connection', 'close']));
    answer.pipe(socket);
  });
  outgoing.once('error', () => connectTo(incoming, socket, head, balancer, tried));
  socket.once('close', () => outgoing.destroy());
  outgoing.end();
}

/** Null: a header or the path cannot be passed on. */
function open(incoming: IncomingMessage, replica: Replica, headers: readonly string[]): ClientRequest | null {
  const to = { host: '127.0.0.1', port: replica.port ?? 0, method: incoming.method, path: incoming.url };
  try {
    return request({ ...to, headers, setHost: false, agent: false });
  } catch {
    return null;
  }
}

function join(client: Duplex, replica: Duplex): void {
  replica.on('error', () => client.destroy());
  client.once('close', () => replica.destroy());
  replica.once('close', () => client.destroy());
  client.pipe(replica).pipe(client);
}

function statusAndHeaders(answer: IncomingMessage, headers: readonly string[]): string {
  let text = `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n`;
  for (let index = 0; index + 1 < headers.length; index += 2) text += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return `${text}\r\n`;
}
