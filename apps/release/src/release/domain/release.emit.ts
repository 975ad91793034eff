import type { NewReleaseEvent, ReleaseStatus } from '@slipway/contracts';
import type { DraftedRelease } from './release.state';

type Action = NewReleaseEvent['action'];
type DetailOf<A extends Action> = Extract<NewReleaseEvent, { action: A }>['detail'];

/** One event of a release that was previewed: in its environment, under its team, on its preview. */
export function emit<A extends Action>(release: DraftedRelease, action: A, status: ReleaseStatus, detail: DetailOf<A>): NewReleaseEvent[] {
  const event = {
    action,
    status,
    detail,
    environmentId: release.subject.environment_id,
    teamId: release.teamId,
    previewRef: release.previewRef,
  };
  // `detail` is that of `action` by the signature; TypeScript does not relate the two members of the union by itself.
  return [event as unknown as NewReleaseEvent];
}
