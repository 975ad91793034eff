import { SlipwayError, unknownResource } from '@slipway/contracts';

/** It is applied, cancelled and taken back with its group only. */
export const releaseInGroup = (id: string, groupId: string): SlipwayError =>
  new SlipwayError('release_in_group', `Release '${id}' belongs to release group '${groupId}'; do it to the group, which moves as one.`, {
    release_id: id,
    group_id: groupId,
  });

/** What moved since a preview was made; the names of `details.moved`. */
export type Moved = 'environment' | 'target' | 'slot' | 'variables';

export const unknownRelease = (id: string): SlipwayError => unknownResource('release', id);

export const previewRequired = (id: string): SlipwayError =>
  new SlipwayError(
    'preview_required',
    `Applying release '${id}' must quote its preview_ref: read the preview, then send its preview_ref.`,
    {
      release_id: id,
    },
  );

export const previewExpired = (id: string, expiredAt: string): SlipwayError =>
  new SlipwayError('preview_expired', `The preview of release '${id}' expired at ${expiredAt}; make a new preview and apply that one.`, {
    release_id: id,
    expired_at: expiredAt,
  });

export const quotedAnother = (id: string, quoted: string, expected: string): SlipwayError =>
  new SlipwayError(
    'preview_mismatch',
    `The quoted preview_ref is not that of release '${id}'; read its preview again and quote what it says.`,
    {
      release_id: id,
      quoted,
      expected,
      moved: [],
    },
  );

const MOVED_IN_WORDS: Record<Moved, string> = {
  environment: 'the environment or its policy changed',
  target: 'the target changed',
  slot: 'another release was deployed into the slot',
  variables: 'a secret that it uses has a new version',
};
export const basisMoved = (id: string, moved: readonly Moved[]): SlipwayError =>
  new SlipwayError(
    'preview_mismatch',
    `Since the preview of release '${id}' ${moved.map((what) => MOVED_IN_WORDS[what]).join(', and ')}; make a new preview.`,
    { release_id: id, moved: [...moved] },
  );

export const checksFailed = (id: string, failed: readonly { name: string; message: string }[]): SlipwayError =>
  new SlipwayError(
    'preview_checks_failed',
    `Release '${id}' cannot be applied: ${failed.map(({ name, message }) => `${name}: ${message}`).join('; ')}. Put that right and make a new preview.`,
    { release_id: id, checks: failed.map(({ name, message }) => ({ name, message })) },
  );

export const slotHeld = (slotId: string, hold: { by: string; since: string; reason: string }): SlipwayError =>
  new SlipwayError(
    'slot_held',
    `The slot is held by '${hold.by}' since ${hold.since} (${hold.reason || 'no reason given'}); someone with deploy:release:rollback must resume it first.`,
    { slot_id: slotId, ...hold },
  );

export const slotBusy = (slotId: string, byReleaseId: string): SlipwayError =>
  new SlipwayError(
    'slot_busy',
    `Release '${byReleaseId}' is being executed in this slot; wait for its end, or cancel it, then preview again.`,
    {
      slot_id: slotId,
      by_release_id: byReleaseId,
    },
  );

export const notApplicable = (id: string, status: string): SlipwayError =>
  new SlipwayError('release_not_applicable', `Release '${id}' is ${status}; only a previewed release can be applied. Make a new preview.`, {
    release_id: id,
    status,
  });

export const notCancellable = (id: string, status: string): SlipwayError =>
  new SlipwayError('release_not_cancellable', `Release '${id}' is ${status}; there is nothing to cancel. To take it back, roll it back.`, {
    release_id: id,
    status,
  });

export const notResumable = (id: string, status: string): SlipwayError =>
  new SlipwayError('release_not_resumable', `Release '${id}' is ${status} and not paused; only a paused release can be resumed.`, {
    release_id: id,
    status,
  });

export const rollbackUnavailable = (id: string, why: string): SlipwayError =>
  new SlipwayError('rollback_unavailable', `Release '${id}' cannot be rolled back: ${why}`, { release_id: id });
