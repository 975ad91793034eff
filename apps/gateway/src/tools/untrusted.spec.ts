import { cleanJson, cleanText } from './untrusted';

it('shows nothing that hides: escapes, controls, bidirectional marks, invisible letters', () => {
  expect(cleanText('\u001b[31mred\u001b[0m \u001b]0;title\u0007ok\r\n\tnext', 100)).toBe('red ok\n\tnext');
  expect(cleanText('a\u202Eb\u2066c\u200Bd\uFEFFe\u{E0041}\u{E0042}f', 100)).toBe('abcdef');
  expect(cleanText('\u0000\u0007\u009Bx\uD800y', 100)).toBe('xy');
});

it('is bounded, and says where it was cut', () => {
  expect(cleanText('x'.repeat(1_000_000), 10)).toBe(`${'x'.repeat(10)} [cut]`);
  expect(cleanText('xxxxxxxxx\u{1F600}', 10)).toBe('xxxxxxxxx [cut]');
  expect(cleanText('short', 10)).toBe('short');
});

it('writes values as JSON', () => {
  expect(cleanJson({ a: ['b'] }, 100)).toBe('{"a":["b"]}');
  expect(cleanJson('text', 100)).toBe('text');
});
