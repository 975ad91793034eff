import type { GroupPreviewView, Schemas } from '../api/client';
import { parseVariables, rowsProblem, rowsOf, sameAgain, type VariableInput } from '../deploy/draft-input';

/** The contract's bounds. */
export const LEAST_MEMBERS = 2;
export const MOST_MEMBERS = 20;

/** A member as it is being chosen; names, as the address keeps them. */
export interface MemberInput {
  readonly service?: string;
  readonly artifact?: string;
  readonly target?: string;
  /** Absent: as what runs there now. */
  readonly variables?: Record<string, VariableInput>;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function memberOf(value: unknown): MemberInput {
  const member = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const variables = member['variables'] === undefined ? undefined : parseVariables(JSON.stringify(member['variables']));
  return {
    service: textOf(member['service']),
    artifact: textOf(member['artifact']),
    target: textOf(member['target']),
    ...(variables ? { variables } : {}),
  };
}

/** Members of an address, filled up to the fewest that make a group; what is not of their shape counts as none. */
export function parseMembers(text: string | undefined): MemberInput[] {
  const given = read(text);
  const members = given.slice(0, MOST_MEMBERS).map(memberOf);
  while (members.length < LEAST_MEMBERS) members.push({});
  return members;
}

function read(text: string | undefined): unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** What keeps the members from being previewed together; null when nothing does. */
export function membersProblem(members: readonly MemberInput[]): string | null {
  if (members.some(({ service, artifact, target }) => !service || !artifact || !target))
    return 'Choose service, version and target of every member.';
  const places = members.map(({ service, target }) => `${service} ${target}`);
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice) return `${twice.split(' ')[0]} is there twice: each service goes to a target once.`;
  if (members.some(({ variables }) => variables && rowsProblem(rowsOf(variables)))) return 'A variable has no valid name.';
  return null;
}

/** The member at `from`, moved to `to`; members are applied in their order. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to, 0, list[from]!);
}

/** The request that makes the same group draft again, on what is true now. */
export function groupAgain(group: GroupPreviewView): Schemas['PreviewGroup'] {
  return {
    project: group.project_id,
    environment: group.environment_id,
    members: group.releases.map((release) => {
      const { service, artifact, target, strategy, variables } = sameAgain(release);
      return { service, artifact, target, strategy, variables };
    }),
    ...(group.reason === null ? {} : { reason: group.reason }),
  };
}
