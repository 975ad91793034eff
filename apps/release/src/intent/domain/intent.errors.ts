import { SlipwayError } from '@slipway/contracts';

export const agentCannotConfirm = (actor: string): SlipwayError =>
  new SlipwayError('agent_cannot_confirm', `'${actor}' is no person; a proposal is confirmed by one. Ask the person you work for.`, {
    actor_id: actor,
  });

export const notConfirmable = (id: string, status: string): SlipwayError =>
  new SlipwayError('intent_not_confirmable', `Intent '${id}' is ${status}, so there is nothing to confirm or withdraw; ask anew.`, {
    intent_id: id,
    status,
  });

export const proposalExpired = (id: string, expiredAt: string): SlipwayError =>
  new SlipwayError('preview_expired', `The proposal of intent '${id}' expired at ${expiredAt}; ask anew.`, {
    intent_id: id,
    expired_at: expiredAt,
  });

export const confirmationQuotesNothing = (id: string): SlipwayError =>
  new SlipwayError('preview_required', `Confirming intent '${id}' must quote the preview_ref of its proposal: read it, then send it.`, {
    intent_id: id,
  });

export const confirmationQuotesAnother = (id: string, quoted: string, expected: string): SlipwayError =>
  new SlipwayError('preview_mismatch', `The quoted preview_ref is not that of intent '${id}'; read its proposal again.`, {
    intent_id: id,
    quoted,
    expected,
  });

export const restoresAnother = (id: string): SlipwayError =>
  new SlipwayError('preview_mismatch', `What the rollback of intent '${id}' would restore has changed since; ask anew.`, { intent_id: id });
