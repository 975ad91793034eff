import {
  environmentId,
  isDerivedId,
  isName,
  PERMISSIONS,
  requireProject,
  SlipwayError,
  type Grant,
  type Permission,
  type Principal,
} from '@slipway/contracts';

/** What a session keeps of its token's rights. A missing member keeps all of it; nothing here can add. */
export interface Narrowing {
  readonly readOnly?: true;
  readonly permissions?: readonly Permission[];
  readonly projects?: readonly string[];
  /** Ids. */
  readonly environments?: readonly string[];
}

/** Acts of approving: no agent has them, whoever's token it uses. */
const NEVER: readonly Permission[] = ['deploy:release:approve', 'deploy:approval:review'];
const isRead = (permission: Permission): boolean => permission.endsWith(':read');
const MAX_NAMES = 20;

const QUERY_MEMBERS = ['read_only', 'permissions', 'projects', 'environments'] as const;
type Member = (typeof QUERY_MEMBERS)[number];
const headerOf = (member: Member): string => `slipway-${member.replaceAll('_', '-')}`;

/**
 * The narrowing that a request asks for, by query (`/mcp?read_only=true&projects=demo&environments=dev`) or by headers (`Slipway-Read-Only`, ...);
 * both together narrow twice. Lists are separated by commas. An unknown member is refused: a misspelt one must not leave a session wide.
 * @throws SlipwayError `invalid_request`
 */
export function requestedNarrowing(query: unknown, headers: Readonly<Record<string, string | string[] | undefined>>): Narrowing {
  const given = (query ?? {}) as Record<string, unknown>;
  const unknown = Object.keys(given).find((member) => !QUERY_MEMBERS.includes(member as Member));
  if (unknown !== undefined) throw invalid(`'${unknown.slice(0, 50)}' narrows nothing; use ${QUERY_MEMBERS.join(', ')}.`);
  const byQuery = narrowingOf((member) => given[member]);
  return both(
    byQuery,
    narrowingOf((member) => headers[headerOf(member)]),
  );
}

function narrowingOf(read: (member: Member) => unknown): Narrowing {
  const projects = listOf('projects', read('projects'), isName);
  const environments = listOf('environments', read('environments'), isName)?.map((ref) => environmentRef(ref, projects));
  const permissions = listOf('permissions', read('permissions'), (item) => PERMISSIONS.includes(item as Permission));
  return {
    ...(flagOf(read('read_only')) ? { readOnly: true } : {}),
    ...(permissions && { permissions: permissions as Permission[] }),
    ...(projects && { projects }),
    ...(environments && { environments }),
  };
}

function flagOf(value: unknown): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalid("read_only is 'true' or 'false'.");
}

function listOf(member: Member, value: unknown, accepts: (item: string) => boolean): string[] | undefined {
  if (value === undefined) return undefined;
  const items = typeof value === 'string' ? value.split(',').map((item) => item.trim()) : [];
  const wrong = items.find((item) => !accepts(item));
  if (items.length === 0 || items.length > MAX_NAMES || wrong !== undefined)
    throw invalid(`${member} is a list of 1 to ${MAX_NAMES}, separated by commas; '${String(wrong ?? '').slice(0, 80)}' is none of them.`);
  return items;
}

function environmentRef(ref: string, projects: readonly string[] | undefined): string {
  if (isDerivedId(ref)) return ref;
  if (projects?.length === 1) return environmentId(projects[0]!, ref);
  throw invalid(`'${ref}' is a name: narrow to one project too, or give the environment's id.`);
}

const invalid = (detail: string): SlipwayError => new SlipwayError('invalid_request', `The session's narrowing is not valid: ${detail}`);

const within = <T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined =>
  a && b ? a.filter((item) => b.includes(item)) : (a ?? b);

/** What is left where both hold. */
export function both(a: Narrowing, b: Narrowing): Narrowing {
  const [permissions, projects, environments] = [
    within(a.permissions, b.permissions),
    within(a.projects, b.projects),
    within(a.environments, b.environments),
  ];
  return {
    ...(a.readOnly || b.readOnly ? { readOnly: true } : {}),
    ...(permissions && { permissions }),
    ...(projects && { projects }),
    ...(environments && { environments }),
  };
}

const scope = (own: readonly string[], kept: readonly string[] | undefined): readonly string[] =>
  kept === undefined ? own : own.includes('*') ? kept : kept.filter((item) => own.includes(item));

/**
 * Who acts in a session: an agent, whoever's token it uses, without the permissions to approve, within the narrowing.
 * @throws SlipwayError `unknown_resource` for a project that the token does not reach.
 */
export function narrowed(principal: Principal, narrowing: Narrowing): Principal {
  for (const project of narrowing.projects ?? []) requireProject(principal, project);
  const { actorId, actorType, onBehalfOf, grants } = principal;
  const person = onBehalfOf ?? (actorType === 'human' ? actorId : undefined);
  return {
    actorId,
    actorType: 'agent',
    ...(person === undefined ? {} : { onBehalfOf: person }),
    ...narrowedGrant(principal, narrowing),
    ...(grants && { grants: grants.map((grant) => narrowedGrant(grant, narrowing)) }),
  };
}

const narrowedGrant = (grant: Grant, narrowing: Narrowing): Grant => ({
  permissions: grant.permissions.filter(
    (permission) =>
      !NEVER.includes(permission) && (!narrowing.readOnly || isRead(permission)) && (narrowing.permissions?.includes(permission) ?? true),
  ),
  projects: scope(grant.projects, narrowing.projects),
  environments: scope(grant.environments, narrowing.environments),
});
