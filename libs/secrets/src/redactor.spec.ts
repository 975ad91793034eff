import fc from 'fast-check';
import { Redactor } from './redactor';

describe('a redactor', () => {
  it('leaves no known value in a line, however it is spelt', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 60 }), fc.string(), fc.string(), (secret, before, after) => {
        const redactor = new Redactor([secret]);
        const spellings = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
        for (const spelling of spellings) expect(redactor.text(`${before}${spelling}${after}`)).toContain('[redacted]');
      }),
    ));
  it('reaches into structures, keys included', () => {
    const redactor = new Redactor(['hunter22']);
    expect(redactor.json({ a: ['x hunter22 y', 1, null], hunter22: true })).toEqual({ a: ['x [redacted] y', 1, null], '[redacted]': true });
  });
  it('takes out each line of a value of several', () => {
    const redactor = new Redactor(['-----BEGIN KEY-----\nabcdefgh\n-----END KEY-----']);
    expect(redactor.text('got abcdefgh')).toBe('got [redacted]');
  });
  it('replaces the longest of overlapping values', () => {
    expect(new Redactor(['abcd', 'abcdefgh']).text('abcdefgh')).toBe('[redacted]');
  });
  it('keeps what it knew when it learns more', () => {
    const redactor = new Redactor(['first-secret']);
    redactor.know(['second-secret']);
    expect(redactor.text('first-secret second-secret')).toBe('[redacted] [redacted]');
  });
  it('leaves text alone when it knows nothing', () => {
    expect(new Redactor().text('plain')).toBe('plain');
  });
});
