import type { Colour, Output } from './output';

/** `2026-11-20 19:04:05`, local time. */
export const localTime = (timestamp: string): string => {
  const at = new Date(timestamp);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
};

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
] as const;

export function duration(ms: number): string {
  const [unit, name] = UNITS.find(([size]) => ms >= size) ?? [1_000, 's'];
  return `${Math.floor(ms / unit)}${name}`;
}

/** `3m ago`, or `in 12m`. */
export const relative = (timestamp: string | null, now = Date.now()): string => {
  if (timestamp === null) return '-';
  const distance = Date.parse(timestamp) - now;
  return distance > 0 ? `in ${duration(distance)}` : `${duration(-distance)} ago`;
};

const GOOD = ['applied', 'approved', 'succeeded', 'pass', 'live', 'none', 'low'];
const BAD = ['failed', 'rejected', 'rollback_failed', 'fail', 'stopped', 'drifted', 'critical', 'high'];
const WAITING = [
  'pending_approval',
  'pending',
  'rolling_back',
  'rolled_back',
  'warn',
  'medium',
  'unknown',
  'paused',
  'catching-up',
  'rebuilding',
];

export function coloured(output: Output, status: string): string {
  const colour: Colour | undefined = GOOD.includes(status)
    ? 'green'
    : BAD.includes(status)
      ? 'red'
      : WAITING.includes(status)
        ? 'yellow'
        : undefined;
  return colour ? output.paint(colour, status) : status;
}

export const orDash = (value: string | null | undefined): string => value ?? '-';
export const short = (digest: string | null | undefined): string => (digest ? digest.replace('sha256:', '').slice(0, 12) : '-');
