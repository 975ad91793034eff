import {
  unknownResource,
  type Asked,
  type IntentAnswer,
  type IntentQuestion,
  type NewIntentEvent,
  type Proposal,
} from '@slipway/contracts';
import { agentCannotConfirm, confirmationQuotesAnother, confirmationQuotesNothing, notConfirmable, proposalExpired } from './intent.errors';
import type { IntentState } from './intent.state';

export type Outcome =
  | { readonly proposal: Proposal; readonly environmentId: string }
  | { readonly answer: IntentAnswer }
  | { readonly question: IntentQuestion };

/** What was asked, with what came of it. */
export function recordIntent(asked: Asked, outcome: Outcome, teamId: string, intent: IntentState): NewIntentEvent[] {
  if (intent.phase !== 'none') return [];
  if ('answer' in outcome) return [{ action: 'intent.answered', status: 'answered', teamId, detail: { asked, answer: outcome.answer } }];
  if ('question' in outcome) {
    return [{ action: 'intent.clarification_asked', status: 'clarification', teamId, detail: { asked, question: outcome.question } }];
  }
  const { proposal, environmentId } = outcome;
  const detail = { asked, release_id: proposal.release_id, proposal };
  return [{ action: 'intent.proposed', status: 'proposed', teamId, environmentId, previewRef: proposal.preview_ref, detail }];
}

export interface Confirmation {
  readonly by: { readonly actorId: string; readonly actorType: string };
  readonly previewRef: string | undefined;
  readonly now: string;
}

/**
 * The proposal that a confirmation speaks of, if it may: by a person, quoting it, in time. What is confirmed already is given again.
 * @throws SlipwayError `agent_cannot_confirm`, `preview_required`, `preview_mismatch`, `preview_expired`, `intent_not_confirmable`
 */
export function confirmable(id: string, { by, previewRef, now }: Confirmation, intent: IntentState): Proposal {
  if (intent.phase === 'none') throw unknownResource('intent', id);
  if (by.actorType !== 'human') throw agentCannotConfirm(by.actorId);
  const { proposal } = intent.view;
  if (!proposal || (intent.phase !== 'proposed' && intent.phase !== 'confirmed')) {
    if (intent.phase === 'expired' && proposal) throw proposalExpired(id, proposal.expires_at);
    throw notConfirmable(id, intent.phase);
  }
  if (previewRef === undefined) throw confirmationQuotesNothing(id);
  if (previewRef !== proposal.preview_ref) throw confirmationQuotesAnother(id, previewRef, proposal.preview_ref);
  if (intent.phase === 'proposed' && now >= proposal.expires_at) throw proposalExpired(id, proposal.expires_at);
  return proposal;
}

/** The act was asked for on the release itself; the intent says by whom. */
export function confirmIntent(id: string, confirmation: Confirmation, ticketId: string | null, intent: IntentState): NewIntentEvent[] {
  const { act, release_id, preview_ref } = confirmable(id, confirmation, intent);
  if (intent.phase === 'confirmed') return [];
  const detail = { act, release_id, preview_ref, confirmed_by: confirmation.by.actorId, ticket_id: ticketId };
  return [{ action: 'intent.confirmed', status: 'confirmed', previewRef: preview_ref, detail }];
}

/** @throws SlipwayError `unknown_resource`, `intent_not_confirmable` */
export function cancelIntent(id: string, reason: string | null, intent: IntentState): NewIntentEvent[] {
  if (intent.phase === 'none') throw unknownResource('intent', id);
  if (intent.phase === 'cancelled') return [];
  if (intent.phase !== 'proposed') throw notConfirmable(id, intent.phase);
  return [{ action: 'intent.cancelled', status: 'cancelled', detail: { reason } }];
}

export function expireIntent(now: string, intent: IntentState): NewIntentEvent[] {
  if (intent.phase !== 'proposed' || !intent.view.proposal || now < intent.view.proposal.expires_at) return [];
  return [{ action: 'intent.expired', status: 'expired', detail: { expired_at: intent.view.proposal.expires_at } }];
}
