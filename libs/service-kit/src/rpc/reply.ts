import type { RpcReply } from '@slipway/contracts';

const VALUE = Buffer.from('{"ok":true,"value":');
const POSITION = Buffer.from(',"position":');
/** `,"position":` with the largest number and the closing brace. */
const LONGEST_END = 40;

/** JSON of a reply, its members in the order in which `unreadReply` finds them. */
export const replyBytes = (reply: RpcReply<unknown>): Buffer =>
  Buffer.from(JSON.stringify(reply.ok ? { ok: true, value: reply.value, position: reply.position } : reply));

/** Value and position of a good reply without parsing the value; undefined for any reply that was not written by `replyBytes`. */
export function unreadReply(data: Uint8Array): { readonly value: Uint8Array; readonly position: number | null } | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (!bytes.subarray(0, VALUE.length).equals(VALUE)) return undefined;
  const end = bytes.lastIndexOf(POSITION);
  if (end < VALUE.length || end < bytes.length - LONGEST_END) return undefined;
  const position = /^(null|\d{1,16})\}$/.exec(bytes.toString('latin1', end + POSITION.length))?.[1];
  if (position === undefined) return undefined;
  return { value: bytes.subarray(VALUE.length, end), position: position === 'null' ? null : Number(position) };
}
