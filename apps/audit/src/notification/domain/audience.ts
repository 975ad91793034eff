import {
  APPROVAL_TOPICS,
  NONE,
  permissionsAt,
  personBehind,
  tellsOfPlace,
  type ActorType,
  type Grant,
  type NoticeTopic,
  type Permission,
  type Place,
  type Selection,
  type Topic,
} from '@slipway/contracts';
import type { Occurrence, TicketFacts } from './occurrence';

/** Somebody who could be told, and what he holds at this moment. */
export interface Person {
  readonly actorId: string;
  readonly actorType: ActorType;
  readonly grants: readonly Grant[];
}

const APPROVALS: ReadonlySet<Topic> = new Set(APPROVAL_TOPICS);
export const permissionToRead = (topic: Topic): Permission => (APPROVALS.has(topic) ? 'deploy:approval:read' : 'deploy:release:read');

/** What concerns the whole platform may be read by whoever reads anything of it. */
export function mayRead(grants: readonly Grant[], topic: Topic, place: Place): boolean {
  const permission = permissionToRead(topic);
  if (place.projectId === NONE) return grants.some(({ permissions }) => permissions.includes(permission));
  return permissionsAt(grants, place).has(permission);
}

/** What is told of no place, such as a test, says nothing of what happened anywhere. */
export const mayReadNotice = (grants: readonly Grant[], topic: NoticeTopic, place: Place): boolean =>
  !tellsOfPlace(topic) || mayRead(grants, topic, place);

/** What happened to a whole project, or to the platform, is part of every narrower selection. */
export const isSelected = ({ topics, projects, environments }: Selection, { topic, place }: Occurrence): boolean =>
  topics.includes(topic) && among(projects, place.projectId) && among(environments, place.environmentId ?? NONE);
const among = (chosen: readonly string[], one: string): boolean => chosen.length === 0 || one === NONE || chosen.includes(one);

/** Whether this is this person's business: he may read it, and it waits for him, names him, or is everybody's. */
export function concerns(occurrence: Occurrence, person: Person): boolean {
  const { topic, place, actorId, ticket, named } = occurrence;
  if (!mayRead(person.grants, topic, place)) return false;
  switch (topic) {
    case 'approval_waiting':
    case 'reminder':
      return named.includes(person.actorId) || (ticket !== undefined && canDecide(ticket, person));
    case 'escalation':
      return (
        ticket !== undefined && (occurrence.toRole === null ? canDecide(ticket, person) : rolesAt(person, place).has(occurrence.toRole))
      );
    case 'mention':
    case 'assignment':
      return named.includes(person.actorId) && person.actorId !== actorId;
    case 'approval_decided':
      return ticket !== undefined && ticket.requestedBy === person.actorId && person.actorId !== actorId;
    case 'freeze':
      return person.actorId !== actorId;
    case 'release_applied':
    case 'release_failed':
    case 'release_rolled_back':
    case 'drift':
      return true;
  }
}

/** As the inbox judges it: a human with the permissions, in the role, among the approvers, with other eyes. */
export function canDecide(ticket: TicketFacts, { actorId, actorType, grants }: Person): boolean {
  const { request, place, requestedBy, previewedBy } = ticket;
  const held = permissionsAt(grants, place);
  if (actorType !== 'human' || !held.has('deploy:approval:review') || !held.has(request.required_permission)) return false;
  if (request.four_eyes && [requestedBy, previewedBy].some((one) => actorId === one || actorId === personBehind(one))) return false;
  const role = request.required_role ?? null;
  if (role !== null && !rolesAt({ grants }, place).has(role)) return false;
  const approvers = request.approvers ?? [];
  return approvers.length === 0 || approvers.includes(actorId);
}

const rolesAt = ({ grants }: Pick<Person, 'grants'>, place: Place): ReadonlySet<string> =>
  new Set(grants.filter((grant) => permissionsAt([grant], place).size > 0).flatMap(({ roles }) => roles ?? []));
