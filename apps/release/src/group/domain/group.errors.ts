import { SlipwayError } from '@slipway/contracts';

export const sameSlotTwice = (service: string, target: string): SlipwayError =>
  new SlipwayError('invalid_request', `The group names '${service}' on target '${target}' twice; a group brings one release into a slot.`, {
    field: 'members',
    service,
    target,
  });

/** A member's own refusal, saying whose it is. */
export const ofMember = (error: SlipwayError, service: string): SlipwayError =>
  new SlipwayError(error.code, `Member '${service}': ${error.message}`, { ...error.details, member: service }, { cause: error });

export const previewRequired = (id: string): SlipwayError =>
  new SlipwayError('preview_required', `Applying release group '${id}' must quote its preview_ref: read the preview, then send it.`, {
    group_id: id,
  });

export const quotedAnother = (id: string, quoted: string, expected: string): SlipwayError =>
  new SlipwayError('preview_mismatch', `The quoted preview_ref is not that of release group '${id}'; read its preview again.`, {
    group_id: id,
    quoted,
    expected,
    moved: [],
  });

export const previewExpired = (id: string, expiredAt: string): SlipwayError =>
  new SlipwayError('preview_expired', `The preview of release group '${id}' expired at ${expiredAt}; make a new preview.`, {
    group_id: id,
    expired_at: expiredAt,
  });

export const notApplicable = (id: string, status: string): SlipwayError =>
  new SlipwayError(
    'group_not_applicable',
    `Release group '${id}' is ${status}; only a previewed group can be applied. Make a new preview.`,
    {
      group_id: id,
      status,
    },
  );

export const notCancellable = (id: string, status: string): SlipwayError =>
  new SlipwayError(
    'group_not_cancellable',
    `Release group '${id}' is ${status}; there is nothing to cancel. To take it back, roll it back.`,
    {
      group_id: id,
      status,
    },
  );

export const rollbackUnavailable = (id: string, why: string): SlipwayError =>
  new SlipwayError('rollback_unavailable', `Release group '${id}' cannot be rolled back: ${why}`, { group_id: id });
