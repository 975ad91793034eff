import type { ChangeEvent, ChangeView } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** A change, recorded once; null: there is none. */
export type Change = ChangeView | null;

export function evolve(change: Change, event: ChangeEvent): Change {
  if (change || event.action !== 'change.recorded') return change;
  return {
    change_id: event.resource_id,
    project_id: event.project_id,
    source_revision: event.detail.source_revision,
    summary: event.detail.summary,
    scope: event.detail.scope,
    service_ids: event.detail.service_ids,
    url: event.detail.url,
    recorded_by: event.actor_id,
    recorded_at: event.occurred_at,
  };
}

export const changeType: AggregateType<Change, ChangeEvent> = { type: 'change', initial: null, evolve };
