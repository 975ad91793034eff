import type { TeamEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export type Team =
  { readonly phase: 'absent' | 'deleted' } | { readonly phase: 'active'; readonly title: string; readonly members: readonly string[] };

const ignore = <S>(_event: never, state: S): S => state;

function evolve(team: Team, event: TeamEvent): Team {
  switch (event.action) {
    case 'team.changed':
      return { phase: 'active', title: event.detail.title, members: event.detail.members };
    case 'team.deleted':
      return { phase: 'deleted' };
    default:
      return ignore(event, team);
  }
}

/** Actors who own projects together. Its id is its name. */
export const TeamAggregate: AggregateType<Team, TeamEvent> = { type: 'team', initial: { phase: 'absent' }, evolve };
