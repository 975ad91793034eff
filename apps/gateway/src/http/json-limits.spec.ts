import { parseJsonBody } from './json-body';
import { assertSafeText, MAX_JSON_DEPTH } from './json-limits';

const parse = (text: string | Buffer): unknown => parseJsonBody(Buffer.from(text));
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('parseJsonBody', () => {
  it.each([
    ['{"a":[1,-2.5,1e3,"\\u00e9","x\\\\",true,null]}', { a: [1, -2.5, 1000, 'é', 'x\\', true, null] }],
    ['{"n":9007199254740991}', { n: 9007199254740991 }],
    ['{"text":"9007199254740993, [[[["}', { text: '9007199254740993, [[[[' }],
    ['{"smile":"\\ud83d\\ude00"}', { smile: '😀' }],
    ['{"escaped":"\\\\u0000"}', { escaped: '\\u0000' }],
    ['{"quote":"\\"[{"}', { quote: '"[{' }],
    ['{"pi":3.14159265358979323846}', { pi: Math.PI }],
    ['', {}],
  ])('takes %s', (text, value) => expect(parse(text)).toEqual(value));

  it.each([
    ['a number beyond 2^53', '{"n":9007199254740993}'],
    ['a negative one', '[-9007199254740993]'],
    ['one by exponent', '{"n":1e300}'],
    ['one that is infinite', '{"n":1e999}'],
    ['one of a thousand digits', `[${'9'.repeat(1000)}]`],
    ['a deep body', nested(MAX_JSON_DEPTH + 1)],
    ['a NUL character', '{"a":"\\u0000"}'],
    ['a lone high surrogate', '{"a":"\\ud800x"}'],
    ['a lone low surrogate', '{"a":"\\udc00"}'],
    ['a high surrogate at the end', '{"a":"\\ud800"}'],
    ['a prototype', '{"__proto__":{"admin":true}}'],
    ['an escaped prototype', '{"\\u005f_proto__":1}'],
    ['half an object', '{"a":'],
    ['an open string', '{"a":"b'],
    ['no JSON', 'hello'],
    ['a trailing comma', '[1,]'],
  ])('refuses %s', (_, text) => expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'invalid_request' })));

  it('refuses bytes that are no UTF-8', () => {
    expect(() => parse(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    expect(() => parse(Buffer.from('\ufeff{}'))).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });

  it('allows nesting up to its limit', () => expect(parse(nested(MAX_JSON_DEPTH))).toBeDefined());
});

it('text from forms and addresses keeps the same rule', () => {
  expect(() => assertSafeText('fine 😀', 'a')).not.toThrow();
  expect(() => assertSafeText('a\0b', 'a')).toThrow();
  expect(() => assertSafeText('\ud800', 'a')).toThrow();
});
