import type { ListTickets, Principal } from '@slipway/contracts';
import type { SelectQueryBuilder } from 'typeorm';
import type { InboxItemRow } from '../../projections/approval-inbox/approval-inbox.row';

/** What the caller may decide now: pending, the permissions, four-eyes, and not approved by the caller already. */
const DECIDABLE = `(item.status = 'pending' AND item.requiredPermission = ANY(:permissions)
  AND NOT (item.fourEyes AND :me IN (item.requestedBy, item.previewedBy))
  AND NOT EXISTS (SELECT 1 FROM approval_inbox_actions done
                  WHERE done.ticket_id = item.ticketId AND done.action = 'reviewed' AND done.actor_id = :me))`;

const mayDecide = ({ actorType, permissions }: Principal): boolean =>
  actorType === 'human' && permissions.includes('deploy:approval:review');

/** The caller's scope, the filter (`mine` unless given) and every dimension that the request names. */
export function narrowed(
  query: SelectQueryBuilder<InboxItemRow>,
  request: ListTickets,
  principal: Principal,
): SelectQueryBuilder<InboxItemRow> {
  const { projects, environments, actorId, permissions } = principal;
  if (!projects.includes('*')) query.andWhere('item.projectId = ANY(:projects)', { projects });
  if (!environments.includes('*')) query.andWhere('item.environmentId = ANY(:environments)', { environments });
  const filter = request.filter ?? 'mine';
  if (filter === 'pending') query.andWhere(`item.status = 'pending'`);
  if (filter === 'mine' && mayDecide(principal)) query.andWhere(`(item.requestedBy = :me OR ${DECIDABLE})`, { me: actorId, permissions });
  if (filter === 'mine' && !mayDecide(principal)) query.andWhere('item.requestedBy = :me', { me: actorId });
  const dimensions = {
    projectId: request.project,
    environmentId: request.environment,
    status: request.status,
    risk: request.risk,
    priority: request.priority,
  };
  for (const [column, value] of Object.entries(dimensions)) {
    if (value !== undefined) query.andWhere(`item.${column} = :${column}`, { [column]: value });
  }
  return query;
}
