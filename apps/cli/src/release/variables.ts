import { readFileSync } from 'node:fs';
import type { Schemas } from '@slipway/api-client';
import { UsageError } from '../exit-codes';

export interface VariableOptions {
  readonly var?: readonly string[];
  readonly secret?: readonly string[];
  readonly secretRef?: readonly string[];
}
type Variables = NonNullable<Schemas['PreviewRelease']['variables']>;

function pair(text: string, flag: string): [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new UsageError(`${flag} takes NAME=VALUE, not '${text}'`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** `@file` reads the value from a file, so that a secret does not stand in the shell's history. */
const fromFile = (value: string): string => (value.startsWith('@') ? readFileSync(value.slice(1), 'utf8').replace(/\n$/, '') : value);

/** `--var A=1 --secret PASSWORD=@file --secret-ref TOKEN=stored-name`, as the API takes them. */
export function variablesOf(options: VariableOptions): Variables | undefined {
  const plain = (options.var ?? []).map((text) => pair(text, '--var'));
  const sealed = (options.secret ?? [])
    .map((text) => pair(text, '--secret'))
    .map(([name, value]) => [name, { secret: fromFile(value) }] as const);
  const stored = (options.secretRef ?? [])
    .map((text) => pair(text, '--secret-ref'))
    .map(([name, ref]) => [name, { secret_ref: ref }] as const);
  const all = [...plain, ...sealed, ...stored];
  return all.length > 0 ? (Object.fromEntries(all) as Variables) : undefined;
}
