import { grantsOf, type CountTickets, type Grant, type Principal } from '@slipway/contracts';
import type { SelectQueryBuilder } from 'typeorm';
import type { InboxItemRow } from '../../projections/approval-inbox/approval-inbox.row';

/**
 * What the caller may approve now, as `requireVote` and `requireOtherEyes` judge it: pending, the permissions, four-eyes, not approved by
 * the caller already; and as an approver, among the named and in the role, or in the place of one, whose approval is not given.
 */
const DECIDABLE = `(item.status = 'pending'
  AND NOT (item.fourEyes AND :me IN (item.requestedBy, item.previewedBy))
  AND NOT (:me = ANY(item.approvedBy)))`;
const NAMED = `((item.approvers = '{}' OR :me = ANY(item.approvers)) AND NOT (:me = ANY(item.voted)))`;
const DELEGATED = `(:me = ANY(item.delegates) AND EXISTS (
  SELECT 1 FROM unnest(item.delegates, item.delegators) AS given(delegate, delegator)
  WHERE given.delegate = :me AND NOT (given.delegator = ANY(item.voted))))`;
/** What the caller has asked for, is assigned or was mentioned in; in the form that the index knows. */
const MINE = 'item.concerns @> ARRAY[:me]::text[]';

/** As `slaStateOf`, in SQL. */
export const SLA_STATE = `(CASE
  WHEN item.slaDueAt IS NULL THEN 'none'
  WHEN item.status <> 'pending' AND item.decidedAt > item.slaDueAt THEN 'missed'
  WHEN item.status IN ('approved', 'rejected') THEN 'met'
  WHEN item.status <> 'pending' THEN 'none'
  WHEN :now >= item.slaDueAt THEN 'missed'
  WHEN :now >= item.slaDueAt - (item.slaDueAt - item.requestedAt) / 4 THEN 'at_risk'
  ELSE 'on_track' END)`;

const REVIEW = 'deploy:approval:review';
type Condition = (grant: Grant, index: number) => string;

/** That the caller holds something where the ticket is: who holds different permissions in different places decides in each what is held there. */
function heldThere(grants: readonly Grant[], what: Condition): string {
  const held = grants.map((grant, index) => {
    const project = grant.projects.includes('*') ? [] : [`item.projectId = ANY(:projects${index})`];
    const environment = grant.environments.includes('*')
      ? []
      : [`(item.environmentId = ANY(:environments${index}) OR item.environmentId = '_')`];
    return `(${[...project, ...environment, what(grant, index)].join(' AND ')})`;
  });
  return `(${held.join(' OR ')})`;
}

interface Selection {
  readonly where: string;
  readonly parameters: Record<string, unknown>;
}

/** What the caller may decide, as `DECIDABLE` says, with the permissions and the role that are held at the ticket's place. */
export function decidable(principal: Principal): Selection {
  const grants = grantsOf(principal);
  if (principal.actorType !== 'human' || !grants.some(({ permissions }) => permissions.includes(REVIEW)))
    return { where: 'FALSE', parameters: {} };
  const review = heldThere(grants, ({ permissions }) => String(permissions.includes(REVIEW)));
  const permission = heldThere(grants, (_, index) => `item.requiredPermission = ANY(:permissions${index})`);
  const role = heldThere(grants, (_, index) => `item.requiredRole = ANY(:roles${index})`);
  const parameters = grants.flatMap(({ projects, environments, permissions, roles = [] }, index) => [
    [`projects${index}`, projects],
    [`environments${index}`, environments],
    [`permissions${index}`, permissions],
    [`roles${index}`, roles],
  ]);
  const approver = `(${NAMED} AND (item.requiredRole IS NULL OR ${role}))`;
  const where = `(${DECIDABLE} AND ${review} AND ${permission} AND (${approver} OR ${DELEGATED}))`;
  return { where, parameters: { me: principal.actorId, ...(Object.fromEntries(parameters) as Record<string, unknown>) } };
}

/** The condition of `mine`, with its parameters. */
export function mine(principal: Principal): Selection {
  const { where, parameters } = decidable(principal);
  return { where: `(${MINE} OR ${where})`, parameters: { ...parameters, me: principal.actorId } };
}

/** The caller's scope, and every dimension that the request names; not its `filter`. */
export function narrowed(
  query: SelectQueryBuilder<InboxItemRow>,
  request: CountTickets,
  { projects, environments }: Principal,
  now: string,
): SelectQueryBuilder<InboxItemRow> {
  if (!projects.includes('*')) query.andWhere('item.projectId = ANY(:projects)', { projects });
  if (!environments.includes('*'))
    query.andWhere(`(item.environmentId = ANY(:environments) OR item.environmentId = '_')`, { environments });
  const dimensions = {
    projectId: request.project,
    teamId: request.team,
    environmentId: request.environment,
    act: request.act,
    status: request.status,
    risk: request.risk,
    priority: request.priority,
    requestedBy: request.requested_by,
    assignee: request.assignee,
  };
  for (const [column, value] of Object.entries(dimensions)) {
    if (value !== undefined) query.andWhere(`item.${column} = :${column}`, { [column]: value });
  }
  if (request.sla_state !== undefined) query.andWhere(`${SLA_STATE} = :slaState`, { slaState: request.sla_state, now });
  const words = request.q === undefined ? null : searchQuery(request.q);
  if (words !== null) query.andWhere(`item.search @@ to_tsquery('simple', :words)`, { words });
  return query;
}

/** The filter (`mine` unless given) on top. */
export function filtered(
  query: SelectQueryBuilder<InboxItemRow>,
  filter: CountTickets['filter'],
  principal: Principal,
): SelectQueryBuilder<InboxItemRow> {
  if (filter === 'all') return query;
  if (filter === 'pending') return query.andWhere(`item.status = 'pending'`);
  const { where, parameters } = filter === 'decidable' ? decidable(principal) : mine(principal);
  return query.andWhere(where, parameters);
}

/** Every word must occur, the last as a beginning; whatever else people type separates words. */
export function searchQuery(text: string): string | null {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return null;
  return words.map((word, index) => (index === words.length - 1 ? `${word}:*` : word)).join(' & ');
}
