const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const exact = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
  timeZoneName: 'short',
});

/** A moment in the reader's time zone, the zone named. */
export const moment = (timestamp: string): string => exact.format(new Date(timestamp));

const date = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  timeZoneName: 'short',
});

/** The day of a moment in the reader's time zone, the zone named: what stands over times of day. */
export const day = (timestamp: string): string => date.format(new Date(timestamp));

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** The time of day of a moment in the reader's time zone, to the millisecond: what stands before a line of a log. */
export const timeOfDay = (timestamp: string): string => clock.format(new Date(timestamp));

/** The reader's time zone at a moment, shortly: `CET`, `GMT+1`. */
export const zone = (timestamp: string): string =>
  date.formatToParts(new Date(timestamp)).find(({ type }) => type === 'timeZoneName')!.value;

/** A length of time, in the two units that matter: `840 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < SECOND) return `${Math.round(length)} ms`;
  if (length < 10 * SECOND) return `${(length / SECOND).toFixed(1)} s`;
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return two(length, MINUTE, 'min', SECOND, 's');
  if (length < DAY) return two(length, HOUR, 'h', MINUTE, 'min');
  return two(length, DAY, 'd', HOUR, 'h');
}

function two(length: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((length % big) / small);
  return `${Math.floor(length / big)} ${bigName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}

/** How long ago, coarse: `now`, `40 s ago`, `12 min ago`, `5 h ago`, `3 d ago`. */
export function ago(timestamp: string, now: number): string {
  const length = now - Date.parse(timestamp);
  if (length < 5 * SECOND) return 'now';
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s ago`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min ago`;
  if (length < DAY) return `${Math.floor(length / HOUR)} h ago`;
  return `${Math.floor(length / DAY)} d ago`;
}

/** What is left until a moment: `14:05`, `1:02:33`; null when it has passed. */
export function left(timestamp: string, now: number): string | null {
  const rest = Math.ceil((Date.parse(timestamp) - now) / SECOND);
  if (rest <= 0) return null;
  const pad = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(rest / 3600), Math.floor((rest % 3600) / 60), rest % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}

/** The recognisable beginning of `sha256:<64 hex>`. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 12);
export const words = (name: string): string => name.replaceAll('_', ' ');
export const sentence = (name: string): string => words(name).replace(/^./, (letter) => letter.toUpperCase());
/** Whole seconds as a person says them. */
export const seconds = (value: number): string => duration(value * SECOND);
