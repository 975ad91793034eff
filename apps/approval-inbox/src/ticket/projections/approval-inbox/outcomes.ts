import { actionSubject, type TicketEntry } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

interface Outcome {
  readonly resource_id: string;
  readonly act: 'apply' | 'rollback';
  readonly outcome: NonNullable<TicketEntry['outcome']>;
  /** Stream position of the event that tells it. */
  readonly as_of: number;
}
type Told = readonly (readonly [Outcome['act'], Outcome['outcome']])[];

/** What became of what was approved, by the release's or the release group's own events. */
const TOLD_BY: Readonly<Record<string, Told>> = {
  'release.applied': [['apply', 'succeeded']],
  'release.failed': [['apply', 'failed']],
  'release.superseded': [['apply', 'superseded']],
  'release.cancelled': [['apply', 'cancelled']],
  'release.rollback_completed': [
    ['apply', 'rolled_back'],
    ['rollback', 'succeeded'],
  ],
  'release.rollback_failed': [['rollback', 'failed']],
  'group.applied': [['apply', 'succeeded']],
  'group.failed': [['apply', 'failed']],
  'group.rolled_back': [
    ['apply', 'rolled_back'],
    ['rollback', 'succeeded'],
  ],
  'group.rollback_failed': [['rollback', 'failed']],
};

export const OUTCOME_SUBJECTS = Object.keys(TOLD_BY).map(actionSubject);

export const outcomesOf = (events: readonly Recorded[]): Outcome[] =>
  events.flatMap(({ position, event: { action, resource_id } }) =>
    (TOLD_BY[action] ?? []).map(([act, outcome]) => ({ resource_id, act, outcome, as_of: position })),
  );
