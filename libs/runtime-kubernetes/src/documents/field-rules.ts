import { refused } from '../render/refused';

/** What an object of a document may say: every field by name, with what is below it; `true`: anything. What is not named is refused. */
export type FieldRule = true | FieldRules | Judge;
export interface FieldRules {
  readonly [field: string]: FieldRule;
}
/** Looks at a value and throws `manifest_refused`. */
export type Judge = (value: unknown, path: string) => void;

/** @throws SlipwayError `manifest_refused` with the field's path */
export function judgeFields(value: unknown, rules: FieldRules, path: string, why: Readonly<Record<string, string>> = {}): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused(path, 'must be a mapping.');
  for (const [field, below] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
    const at = `${path}.${field}`;
    if (rule === undefined) throw refused(at, why[field] ?? 'this field is not allowed.');
    if (below === undefined || below === null || rule === true) continue;
    if (typeof rule === 'function') rule(below, at);
    else judgeFields(below, rule, at, why);
  }
}

/** Every item of a list by the same rules. */
export const listOf =
  (rule: FieldRules | Judge, why: Readonly<Record<string, string>> = {}): Judge =>
  (value, path) => {
    if (!Array.isArray(value)) throw refused(path, 'must be a list.');
    value.forEach((item: unknown, index) => {
      if (typeof rule === 'function') rule(item, `${path}[${index}]`);
      else judgeFields(item, rule, `${path}[${index}]`, why);
    });
  };

export const only =
  (...allowed: readonly unknown[]): Judge =>
  (value, path) => {
    if (!allowed.includes(value)) throw refused(path, `may only be ${allowed.map((one) => JSON.stringify(one)).join(' or ')}.`);
  };
