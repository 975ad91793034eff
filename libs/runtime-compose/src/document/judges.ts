import { refused } from './refusal';

/** Judges a value (strings are interpolated) and answers with what runs; throws what refuses it, by the field's path. */
export type Judge = (value: unknown, field: string) => unknown;
export type Allowed = Readonly<Record<string, Judge>>;

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Judge = (value, field) => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw refused(field, 'a text is expected');
};
export const flag: Judge = (value, field) => {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw refused(field, 'true or false is expected');
};
export const wholeNumber =
  (least: number, most: number): Judge =>
  (value, field) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number;
    throw refused(field, `a whole number from ${least} to ${most} is expected`);
  };
export const amount: Judge = (value, field) => {
  const said = text(value, field) as string;
  if (/^[0-9]+(\.[0-9]+)?[a-zA-Z]{0,3}$/.test(said)) return said;
  throw refused(field, 'an amount such as 0.5, 64m or 1G is expected');
};
export const duration: Judge = (value, field) => {
  const said = text(value, field) as string;
  if (/^([0-9]+(\.[0-9]+)?(us|ms|s|m|h))+$/.test(said)) return said;
  throw refused(field, 'a duration such as 1m30s is expected');
};
export const matching =
  (pattern: RegExp, what: string): Judge =>
  (value, field) => {
    const said = text(value, field) as string;
    if (pattern.test(said)) return said;
    throw refused(field, `'${said.slice(0, 60)}' is not allowed; ${what}`);
  };
export const oneOf = (...words: readonly string[]): Judge => {
  const known = new Set(words);
  return (value, field) => {
    const said = text(value, field) as string;
    if (known.has(said)) return said;
    throw refused(field, `'${said.slice(0, 60)}' is not allowed; it may be ${words.join(', ')}`);
  };
};
export const never =
  (why: string): Judge =>
  (_value, field) => {
    throw refused(field, why);
  };
export const listOf =
  (judge: Judge, most = 200): Judge =>
  (value, field) => {
    if (!Array.isArray(value)) throw refused(field, 'a list is expected');
    if (value.length > most) throw refused(field, `at most ${most} entries are allowed`);
    return value.map((entry, index) => judge(entry, `${field}[${index}]`));
  };
/** A text that Compose would split like a shell, or a list. Kept as it is. */
export const commandLine: Judge = (value, field) => (Array.isArray(value) ? listOf(text)(value, field) : text(value, field));

/** A map of which only the named keys are allowed; `x-` keys are notes and fall away. */
export const mapOf =
  (allowed: Allowed): Judge =>
  (value, field) => {
    if (!isMap(value)) throw refused(field, 'a map is expected');
    const entries = Object.entries(value).filter(([key, entry]) => !key.startsWith('x-') && entry !== null);
    return Object.fromEntries(
      entries.map(([key, entry]) => {
        const judge = Object.hasOwn(allowed, key) ? allowed[key] : undefined;
        if (!judge) throw refused(field === '' ? key : `${field}.${key}`, 'this key is not allowed');
        return [key, judge(entry, field === '' ? key : `${field}.${key}`)];
      }),
    );
  };

/** `NAME: value`, or a list of `NAME=value`; a name without a value would come from the host's environment and is refused. */
export const assignments: Judge = (value, field) => {
  const pairs = Array.isArray(value)
    ? value.map((entry, index) => {
        const said = text(entry, `${field}[${index}]`) as string;
        const equals = said.indexOf('=');
        if (equals < 1) throw refused(`${field}[${index}]`, 'NAME=value is expected: a name alone would take the value of the host');
        return [said.slice(0, equals), said.slice(equals + 1)] as const;
      })
    : isMap(value)
      ? Object.entries(value).map(([name, entry]) => {
          if (name.includes('=')) throw refused(`${field}.${name}`, 'a name has no =: it would set another');
          if (entry === null) throw refused(`${field}.${name}`, 'a value is expected: a name alone would take the value of the host');
          return [name, text(entry, `${field}.${name}`) as string] as const;
        })
      : undefined;
  if (!pairs) throw refused(field, 'a map or a list is expected');
  return Object.fromEntries(pairs);
};
