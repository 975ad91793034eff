/** The query part of an address as the router hands it over: anything may stand there. */
export type Search = Record<string, unknown>;

const LONGEST = 4_000;

/** A text of the address; what is none, is empty or is absurdly long counts as absent. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : undefined;
}

/** Without the members that are undefined, so that addresses stay short. */
export const optional = <T extends Record<string, unknown>>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
