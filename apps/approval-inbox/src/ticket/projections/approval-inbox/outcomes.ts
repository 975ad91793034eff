import { actionSubject, type EventEnvelope, type TicketEntry } from '@slipway/contracts';

interface Outcome {
  readonly release_id: string;
  readonly act: 'apply' | 'rollback';
  readonly outcome: NonNullable<TicketEntry['outcome']>;
}
type Told = readonly (readonly [Outcome['act'], Outcome['outcome']])[];

/** What became of what was approved, by the release's own events. */
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
};

export const OUTCOME_SUBJECTS = Object.keys(TOLD_BY).map(actionSubject);

export const outcomesOf = (events: readonly EventEnvelope[]): Outcome[] =>
  events.flatMap(({ action, resource_id: release_id }) => (TOLD_BY[action] ?? []).map(([act, outcome]) => ({ release_id, act, outcome })));
