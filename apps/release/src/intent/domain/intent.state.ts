import type { IntentEvent, IntentView } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** What somebody asked of the command centre, and what came of it. */
export type IntentState = { readonly phase: 'none' } | { readonly phase: IntentView['status']; readonly view: IntentView };

export function evolve(intent: IntentState, event: IntentEvent): IntentState {
  const view = viewAfter(intent.phase === 'none' ? null : intent.view, event);
  return view === null ? intent : { phase: view.status, view };
}

/** The view after an event; null for an event of an intent that never began. The read model folds by it too. */
export function viewAfter(before: IntentView | null, event: IntentEvent): IntentView | null {
  switch (event.action) {
    case 'intent.proposed':
      return { ...begun(event), status: 'proposed', proposal: event.detail.proposal };
    case 'intent.answered':
      return { ...begun(event), status: 'answered', answer: event.detail.answer };
    case 'intent.clarification_asked':
      return { ...begun(event), status: 'clarification', question: event.detail.question };
    case 'intent.confirmed': {
      const { confirmed_by, act, ticket_id } = event.detail;
      return before && { ...moved(before, event), status: 'confirmed', confirmed_by, confirmed_act: act, approval_ticket: ticket_id };
    }
    case 'intent.cancelled':
      return before && { ...moved(before, event), status: 'cancelled' };
    case 'intent.expired':
      return before && { ...moved(before, event), status: 'expired' };
    default:
      return unknown(before, event);
  }
}

const unknown = (view: IntentView | null, _event: never): IntentView | null => view;

const moved = (view: IntentView, event: IntentEvent): IntentView => ({
  ...view,
  updated_at: event.occurred_at,
  version: event.aggregate_version,
});

type Beginning = Extract<IntentEvent, { action: 'intent.proposed' | 'intent.answered' | 'intent.clarification_asked' }>;

const begun = (event: Beginning): Omit<IntentView, 'status'> => ({
  intent_id: event.resource_id,
  project_id: event.project_id,
  conversation_id: event.conversation_id ?? event.resource_id,
  ...event.detail.asked,
  proposal: null,
  answer: null,
  question: null,
  asked_by: event.actor_id,
  asked_by_type: event.actor_type,
  confirmed_by: null,
  confirmed_act: null,
  approval_ticket: null,
  created_at: event.occurred_at,
  updated_at: event.occurred_at,
  version: event.aggregate_version,
});

export const intentType: AggregateType<IntentState, IntentEvent> = { type: 'intent', initial: { phase: 'none' }, evolve };
