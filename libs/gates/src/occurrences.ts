import { SlipwayError, type FreezeWindow } from '@slipway/contracts';
import { RRuleTemporal } from 'rrule-temporal';

/** One time that a window lasts, in milliseconds since 1970; the end is outside. */
export interface Occurrence {
  readonly from: number;
  readonly to: number;
}
type Timing = Pick<FreezeWindow, 'start' | 'timezone' | 'rrule' | 'duration_s'>;

const PARTS = /^(FREQ|INTERVAL|COUNT|UNTIL|BYDAY|BYMONTH|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYHOUR|BYMINUTE|BYSETPOS|WKST)=[A-Z0-9,+-]+$/;
const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'];

const compact = (start: string): string => `${start.replaceAll(/[-:]/g, '')}00`;
const ruleOf = ({ start, timezone, rrule }: Timing): RRuleTemporal =>
  new RRuleTemporal({
    rruleString: `DTSTART;TZID=${timezone}:${compact(start)}\nRRULE:${rrule ?? 'FREQ=DAILY;COUNT=1'}`,
    maxIterations: 2000,
  });

const rules = new Map<string, RRuleTemporal>();
const REMEMBERED = 500;
function cachedRule(timing: Timing): RRuleTemporal {
  const key = `${timing.timezone} ${timing.start} ${timing.rrule}`;
  const rule = rules.get(key) ?? ruleOf(timing);
  rules.set(key, rule);
  if (rules.size > REMEMBERED) rules.delete(rules.keys().next().value!);
  return rule;
}

/** The occurrence that began last at or before `at`; it may be over. A rule that never occurs has none. */
export const latest = (timing: Timing, at: number): Occurrence | undefined => find(timing, (rule) => rule.previous(new Date(at), true));
/** The first that begins after `at`. */
export const following = (timing: Timing, at: number): Occurrence | undefined => find(timing, (rule) => rule.next(new Date(at), false));

type Found = { readonly epochMilliseconds: number } | null;
function find(timing: Timing, look: (rule: RRuleTemporal) => Found): Occurrence | undefined {
  try {
    const from = look(cachedRule(timing))?.epochMilliseconds;
    return from === undefined ? undefined : { from, to: from + timing.duration_s * 1000 };
  } catch {
    // The library gives up on rules that (almost) never occur; such a window closes nothing.
    return undefined;
  }
}

/**
 * What cannot be a window is refused before it is one.
 * @throws SlipwayError `invalid_request` naming what is wrong: zone, start, rule, or that it never occurs from `now` on.
 */
export function requireTiming(timing: Timing, now: string): void {
  requireTimeZone(timing.timezone);
  if (Number.isNaN(Date.parse(`${timing.start}:00Z`))) throw invalid('start', `'${timing.start}' is no date and time.`);
  if (timing.rrule !== null) requireRule(timing.rrule);
  try {
    ruleOf(timing);
  } catch (error) {
    const field = timing.rrule === null ? 'start' : 'rrule';
    throw invalid(field, `${error instanceof Error ? error.message : String(error)}; see RFC 5545, section 3.3.10.`);
  }
  const at = Date.parse(now);
  const current = latest(timing, at);
  if ((current && current.to > at) || following(timing, at)) return;
  throw invalid(
    timing.rrule === null ? 'start' : 'rrule',
    'This window does not occur any more, or never does; check start, rule and duration.',
  );
}

/** @throws SlipwayError `invalid_request` */
export function requireTimeZone(timezone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    throw invalid('timezone', `'${timezone}' is no time zone; use an IANA name such as Europe/Berlin or UTC.`);
  }
}

function requireRule(rrule: string): void {
  const parts = rrule.split(';');
  const wrong = parts.find((part) => !PARTS.test(part));
  if (wrong !== undefined) throw invalid('rrule', `'${wrong}' is no part of a recurrence rule; e.g. FREQ=WEEKLY;BYDAY=FR,SA.`);
  const frequency = parts.find((part) => part.startsWith('FREQ='))?.slice('FREQ='.length) ?? '';
  if (!FREQUENCIES.includes(frequency)) throw invalid('rrule', `FREQ must be one of ${FREQUENCIES.join(', ')}.`);
}

const invalid = (field: string, message: string): SlipwayError => new SlipwayError('invalid_request', message, { field });
