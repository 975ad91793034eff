import type { FreezeWindow, LineStop } from '@slipway/contracts';
import type { ScopedGate } from './gate';
import { requireTiming } from './occurrences';
import { closedInWords, requireOpen, verdictOf } from './verdict';

const window = (given: Partial<FreezeWindow> = {}): FreezeWindow => ({
  name: 'weekend',
  kind: 'deny',
  start: '2026-01-02T17:00',
  timezone: 'Europe/Berlin',
  duration_s: 63 * 3600,
  rrule: 'FREQ=WEEKLY;BYDAY=FR',
  acts: ['apply'],
  reason: 'nobody is around',
  owner: 'sre',
  ...given,
});
const gate = (windows: FreezeWindow[], stop: LineStop | null = null): ScopedGate => ({
  scope: 'environment',
  gate: { stop, windows, version: 1 },
});
const stop: LineStop = { reason: 'incident 7', owner: 'ann', since: '2026-01-01T00:00:00.000Z', acts: ['apply'] };
const THURSDAY = '2026-03-26T12:00:00.000Z';
const SATURDAY = '2026-03-28T12:00:00.000Z';

describe('a gate', () => {
  it('is open without windows and stops', () =>
    expect(verdictOf([gate([])], 'apply', THURSDAY)).toMatchObject({ closed: false, next_open: null, next_close: null }));

  it('says when it closes and opens, in the local time of its zone, also when the clocks change in between', () => {
    expect(verdictOf([gate([window()])], 'apply', THURSDAY)).toMatchObject({
      closed: false,
      next_close: '2026-03-27T16:00:00.000Z',
      next_open: '2026-03-30T07:00:00.000Z',
    });
    const closed = verdictOf([gate([window()])], 'apply', SATURDAY);
    expect(closed).toMatchObject({ closed: true, code: 'frozen', window: 'weekend', reason: 'nobody is around', owner: 'sre' });
    expect([closed.next_open, closed.next_close]).toEqual(['2026-03-30T07:00:00.000Z', '2026-04-03T15:00:00.000Z']);
    expect(() => requireOpen(closed)).toThrow(expect.objectContaining({ code: 'frozen' }) as Error);
    expect(closedInWords(closed)).toContain('opens 2026-03-30T07:00:00.000Z');
  });

  it('opens only when the last of several windows that follow each other is over', () => {
    const follows = window({ name: 'holidays', start: '2026-03-30T00:00', duration_s: 86_400, rrule: null, timezone: 'UTC' });
    expect(verdictOf([gate([window()]), gate([follows])], 'apply', SATURDAY).next_open).toBe('2026-03-31T00:00:00.000Z');
  });

  it('with allow windows is closed outside of them', () => {
    const hours = window({
      name: 'hours',
      kind: 'allow',
      start: '2026-01-01T09:00',
      rrule: 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR',
      duration_s: 8 * 3600,
    });
    expect(verdictOf([gate([hours])], 'apply', THURSDAY)).toMatchObject({ closed: false, next_close: '2026-03-26T16:00:00.000Z' });
    expect(verdictOf([gate([hours])], 'apply', SATURDAY)).toMatchObject({ closed: true, next_open: '2026-03-30T07:00:00.000Z' });
  });

  it('keeps out only what it says', () => expect(verdictOf([gate([window()], stop)], 'rollback', SATURDAY).closed).toBe(false));

  it('that is stopped has no known end, whatever windows say', () => {
    const stopped = verdictOf([{ ...gate([], stop), scope: 'platform' }, gate([window()])], 'apply', SATURDAY);
    expect(stopped).toMatchObject({ closed: true, code: 'line_stopped', scope: 'platform', reason: 'incident 7', next_open: null });
    expect(closedInWords(stopped)).toContain('no known end');
  });

  it('closed for good by a rule without gaps says no opening', () =>
    expect(verdictOf([gate([window({ rrule: 'FREQ=DAILY', duration_s: 2 * 86_400 })])], 'apply', SATURDAY)).toMatchObject({
      closed: true,
      next_open: null,
    }));
});

describe('the timing of a window', () => {
  it.each([
    ['timezone', { timezone: 'Mars/Olympus' }],
    ['start', { start: '2026-13-40T99:99' }],
    ['rrule', { rrule: 'FREQ=SECONDLY' }],
    ['rrule', { rrule: 'whenever' }],
    ['rrule', { rrule: 'FREQ=DAILY;BYDAY=XX' }],
    ['rrule', { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }],
    ['rrule', { rrule: 'FREQ=DAILY;UNTIL=20260103T000000Z' }],
    ['start', { rrule: null }],
  ])('%s is refused when it makes no window: %j', (field, given) =>
    expect(() => requireTiming(window(given), THURSDAY)).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { field } }) as Error,
    ),
  );
  it('is good otherwise', () => {
    requireTiming(window(), THURSDAY);
    requireTiming(window({ rrule: null, start: '2026-03-25T17:00' }), THURSDAY);
  });
});
