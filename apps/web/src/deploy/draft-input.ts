import type { ReleaseView, Schemas } from '../api/client';
import type { DeploySearch } from '../app/router';

export type Variables = NonNullable<Schemas['PreviewRelease']['variables']>;
export type VariableInput = string | { secret_ref: string };

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const isSecret = (value: unknown): value is { secret_ref: string } =>
  typeof value === 'object' && value !== null && typeof (value as { secret_ref?: unknown }).secret_ref === 'string';

/** What a release ran with, to run it again: a secret stays the name under which it is stored. */
export const variablesOf = (release: Pick<ReleaseView, 'variables'>): Record<string, VariableInput> =>
  Object.fromEntries(
    Object.entries(release.variables).map(([name, value]) => [name, typeof value === 'string' ? value : { secret_ref: value.secret_ref }]),
  );

/** Variables of an address; what is not of their shape counts as none. Never holds a secret's value. */
export function parseVariables(text: string | undefined): Record<string, VariableInput> | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(
      Object.entries(value as Record<string, unknown>).flatMap(([name, member]): [string, VariableInput][] => {
        if (typeof member === 'string') return [[name, member]];
        return isSecret(member) ? [[name, { secret_ref: member.secret_ref }]] : [];
      }),
    );
  } catch {
    return undefined;
  }
}

/** What is wrong with a variable's name; null when nothing is. */
export function nameProblem(name: string, others: readonly string[]): string | null {
  if (!NAME.test(name)) return 'Letters, digits and _, not beginning with a digit';
  return others.includes(name) ? 'Twice' : null;
}

/** A variable as it is being written down. */
export interface VariableRow {
  readonly name: string;
  readonly value: VariableInput;
}
export const rowsOf = (variables: Record<string, VariableInput>): VariableRow[] =>
  Object.entries(variables).map(([name, value]) => ({ name, value }));
export const variablesFrom = (rows: readonly VariableRow[]): Record<string, VariableInput> =>
  Object.fromEntries(rows.map(({ name, value }) => [name, value]));
/** Whether a name among the rows is wrong. */
export const rowsProblem = (rows: readonly VariableRow[]): boolean => {
  const names = rows.map(({ name }) => name);
  return rows.some(({ name }, index) => nameProblem(name, names.toSpliced(index, 1)) !== null);
};

type LaterStep = NonNullable<DeploySearch['step']>;
const DRAFTED: readonly ReleaseView['status'][] = ['previewed', 'expired', 'superseded'];

/** At which step one is: what was applied already, of one release or of several as one, can only be followed. */
export const stepOf = (
  { status, approval_ticket: ticket }: Pick<ReleaseView, 'status' | 'approval_ticket'>,
  asked: LaterStep,
): LaterStep => (DRAFTED.includes(status) && ticket === null ? asked : 'follow');

interface Chosen {
  readonly service: unknown;
  readonly artifact: unknown;
  readonly environment: unknown;
  readonly target: unknown;
  readonly rows: readonly VariableRow[];
}

/** What a choice still lacks, as what to do next; null when it can be previewed. */
export function lackingIn({ rows, ...chosen }: Chosen): string | null {
  const names = { service: 'a service', artifact: 'a version', environment: 'an environment', target: 'a target' };
  const lacking = (Object.keys(names) as (keyof typeof names)[]).filter((name) => chosen[name] === undefined).map((name) => names[name]);
  if (lacking.length > 0) return `Choose ${new Intl.ListFormat('en').format(lacking)}.`;
  return rowsProblem(rows) ? 'Mend the names of the variables.' : null;
}

/** The choice that led to a release, as the address of the deploy view keeps it. */
export const choiceOf = (release: ReleaseView): DeploySearch => ({
  service: release.service_name,
  artifact: release.artifact_version,
  environment: release.environment_name,
  target: release.target_name,
  strategy: release.strategy.type,
  variables: JSON.stringify(variablesOf(release)),
  reason: release.reason ?? undefined,
});

/** The request that makes the same draft again, on what is true now. */
export const sameAgain = (release: ReleaseView): Schemas['PreviewRelease'] => ({
  project: release.project_id,
  service: release.service_id,
  artifact: release.artifact_id,
  environment: release.environment_id,
  target: release.target_id,
  strategy: release.strategy,
  variables: variablesOf(release),
  ...(release.reason === null ? {} : { reason: release.reason }),
});
