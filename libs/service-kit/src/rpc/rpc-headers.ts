import type { Msg, MsgHdrs } from '@nats-io/transport-node';
import { SlipwayError } from '@slipway/contracts';
import { headerText, writtenHeaders } from '@slipway/event-store-jetstream';

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Names as sent. The client's own reader of headers costs more than all else on a call's way in. */
export function readHeaders(message: Msg): ReadonlyMap<string, string> {
  const text = headerText(message);
  if (text === '') return NOTHING;
  const headers = new Map<string, string>();
  for (const line of text.split('\r\n').slice(1)) {
    const end = line.indexOf(':');
    if (end > 0) headers.set(line.slice(0, end), line.slice(end + 1).trim());
  }
  return headers;
}

/** @throws SlipwayError `invalid_request` for a value that would end its line */
export function writeHeaders(headers: Readonly<Record<string, string | undefined>>): MsgHdrs {
  let block = 'NATS/1.0\r\n';
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || value === '') continue;
    if (/[\r\n]/.test(value)) throw new SlipwayError('invalid_request', `The header ${name} must be one line.`);
    block += `${name}: ${value}\r\n`;
  }
  return writtenHeaders(`${block}\r\n`);
}
