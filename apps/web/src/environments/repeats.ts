export const ONCE = 'once';
/** How often a freeze window comes again, by its rule (RFC 5545). */
export const REPEATS = [
  { value: ONCE, label: 'once' },
  { value: 'FREQ=DAILY', label: 'every day' },
  { value: 'FREQ=WEEKLY', label: 'every week' },
  { value: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', label: 'every weekday' },
  { value: 'FREQ=MONTHLY', label: 'every month' },
  { value: 'FREQ=YEARLY', label: 'every year' },
];

/** A rule in words where it is one of these; as it is written otherwise. */
export const repeatText = (rrule: string | null): string =>
  REPEATS.find(({ value }) => value === (rrule ?? ONCE))?.label ?? `again by ${rrule}`;
