import { ago, duration, left, sentence, shortDigest, timeOfDay, zone } from './format';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const at = (ms: number): string => new Date(now + ms).toISOString();

describe('format', () => {
  it.each([
    [-5, '0 ms'],
    [840, '840 ms'],
    [4_210, '4.2 s'],
    [42_900, '42 s'],
    [200_000, '3 min 20 s'],
    [180_000, '3 min'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
  ])('says how long %d ms is', (ms, text) => expect(duration(ms)).toBe(text));

  it.each([
    [-2_000, 'now'],
    [-40_000, '40 s ago'],
    [-750_000, '12 min ago'],
    [-18_000_000, '5 h ago'],
    [-260_000_000, '3 d ago'],
  ])('says when %d ms was', (ms, text) => expect(ago(at(ms), now)).toBe(text));

  it.each([
    [845_000, '14:05'],
    [3_753_000, '1:02:33'],
    [400, '0:01'],
    [0, null],
    [-1, null],
  ])('counts %d ms down', (ms, text) => expect(left(at(ms), now)).toBe(text));

  it('says the time of a log’s line to the millisecond, and in which zone', () => {
    expect(timeOfDay('2026-11-20T12:34:56.789Z')).toMatch(/^\d\d:\d4:56[.,]789$/);
    expect(zone('2026-11-20T12:34:56.789Z')).toMatch(/^(GMT|UTC|[A-Z]{2,5})/);
  });

  it('shortens and reads aloud', () => {
    expect(shortDigest(`sha256:${'ab'.repeat(32)}`)).toBe('abababababab');
    expect(sentence('rollback_failed')).toBe('Rollback failed');
  });
});
