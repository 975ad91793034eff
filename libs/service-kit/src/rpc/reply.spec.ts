import { replyBytes, unreadReply } from './reply';

const unread = (text: string): { value: unknown; position: number | null } | undefined => {
  const found = unreadReply(Buffer.from(text));
  return found && { value: JSON.parse(Buffer.from(found.value).toString()) as unknown, position: found.position };
};

describe('a reply that is handed on', () => {
  it.each([
    [{ name: 'ünï', nested: { position: 7, ok: false } }, 41],
    [[1, 2, 3], null],
    ['text that ends like one ,"position":5}', 3],
    [null, Number.MAX_SAFE_INTEGER],
  ])('is value and position as they were: %j', (value, position) => {
    const bytes = replyBytes({ ok: true, value, position });
    expect(unread(bytes.toString())).toEqual({ value, position });
    expect(JSON.parse(bytes.toString())).toEqual({ ok: true, value, position });
  });

  it('is read where it is an error, or was not written by us', () => {
    const error = { code: 'internal' as const, message: 'no', details: { value: { ok: true }, position: 1 } };
    for (const text of [
      replyBytes({ ok: false, error }).toString(),
      replyBytes({ ok: true, value: undefined, position: 4 }).toString(),
      '{"position":4,"ok":true,"value":{}}',
      '{"ok":true,"value":{"position":4}}',
      '{"ok":true,"value":{},"position":4,"more":1}',
      '',
    ])
      expect(unread(text)).toBeUndefined();
  });
});
