import type { Msg, MsgHdrs } from '@nats-io/transport-node';

/** What the client keeps of a received message: one buffer, headers first. Its own header decoder costs more than all else in a catch-up. */
interface ClientMessage {
  readonly _rdata?: Uint8Array;
  readonly _msg?: { readonly hdr: number };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

/** The header block as sent, from `NATS/1.0` on; empty without headers. */
export function headerText(message: Msg): string {
  const { _rdata: bytes, _msg: argument } = message as unknown as ClientMessage;
  if (bytes && argument) return argument.hdr > 0 ? textOf(bytes.subarray(0, argument.hdr)) : '';
  if (!message.headers) return '';
  const lines = [...message.headers].flatMap(([name, values]) => values.map((value) => `\r\n${name}: ${value}`));
  return `NATS/1.0${lines.join('')}\r\n\r\n`;
}

export const bodyText = (message: Msg): string => textOf(message.data);

/** Status code of a message that the server itself sends (100 heartbeat, 404, 408, 409, 503 ...); 0 for any other. */
export function statusOf(headers: string): number {
  return headers.charCodeAt(8) === 0x20 ? Number.parseInt(headers.slice(9, 12), 10) || 0 : 0;
}

/** Headers already written out: bytes that the digest covers must not be written a second time by the client. */
export function writtenHeaders(block: string): MsgHdrs {
  const bytes = Buffer.from(block, 'utf8');
  // The client calls nothing but `encode` on the headers of what it publishes.
  return { encode: () => bytes } as unknown as MsgHdrs;
}
