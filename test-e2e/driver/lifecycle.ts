import type { Actor } from '@slipway/platform-driver';
import { eventually } from '@slipway/testing';

/** What the timeline of an update says of its release, whatever it runs on. */
const UPDATE = ['release.previewed', 'release.approved', 'release.applying', 'release.verifying', 'release.applied'];

/** Waits until the timeline shows an update from its preview to its end, in this order and nothing else of the release. */
export const untilTimelineOfUpdate = (actor: Actor, releaseId: string): Promise<unknown> =>
  eventually(async () => {
    const actions = (await actor.timeline(releaseId)).map(({ action }) => action).filter((action) => action.startsWith('release.'));
    if (JSON.stringify(actions) !== JSON.stringify(UPDATE)) throw new Error(`the timeline says ${actions.join(', ')}`);
    return actions;
  });
