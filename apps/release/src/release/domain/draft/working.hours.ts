import type { WorkingHours } from '@slipway/contracts';

/** Whether a moment lies within working hours, in the local time of their zone. Hours that end before they begin pass midnight. */
export function isWithin({ timezone, days, from, to }: WorkingHours, at: string): boolean {
  const { day, time } = localTime(timezone, at);
  if (from <= to) return days.includes(day) && time >= from && time < to;
  return time >= from ? days.includes(day) : time < to && days.includes(DAYS[(DAYS.indexOf(day) + 6) % 7]!);
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

function localTime(timezone: string, at: string): { day: (typeof DAYS)[number]; time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const day = DAYS.find((one) => one === parts.get('weekday')?.slice(0, 2).toUpperCase()) ?? 'MO';
  return { day, time: `${parts.get('hour')}:${parts.get('minute')}` };
}
