import type { GroupEvent, NewGroupEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';
import { factsAfter, type GroupFacts } from './group.facts';

/** A release group; null: there is none. Its status is its phase (ARCHITECTURE.md, section 6, as of a release). */
export type Group = GroupFacts | null;

export const groupType: AggregateType<Group, GroupEvent> = { type: 'group', initial: null, evolve: factsAfter };

type Action = NewGroupEvent['action'];
type DetailOf<A extends Action> = Extract<NewGroupEvent, { action: A }>['detail'];

/** One event of a group that was previewed: in its environment, under its team, on its preview. */
export function emit<A extends Action>(group: GroupFacts, action: A, status: GroupFacts['status'], detail: DetailOf<A>): NewGroupEvent[] {
  const event = { action, status, detail, environmentId: group.environment_id, teamId: group.team_id, previewRef: group.preview_ref };
  // `detail` is that of `action` by the signature; TypeScript does not relate the two members of the union by itself.
  return [event as unknown as NewGroupEvent];
}
