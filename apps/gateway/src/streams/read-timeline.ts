import type { GroupTimelineView, Principal, TimelineEntry, TimelineView } from '@slipway/contracts';
import type { GatewayCalls } from '../http/gateway-calls';

const PAGE = 200;

/** Of a release, or of a release group with all its members. */
export type TimelineVerb = 'get-timeline' | 'get-group-timeline';

/** Every entry of a timeline, in order, page by page. @throws SlipwayError `unknown_resource` */
export async function* readTimeline(
  calls: GatewayCalls,
  reference: object,
  by: { principal: Principal; correlationId: string; minPosition?: number },
  verb: TimelineVerb = 'get-timeline',
): AsyncGenerator<TimelineEntry, void> {
  let cursor: string | null = null;
  do {
    const request = { ...reference, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
    const page = (await calls.ask('audit', verb, request, by)) as TimelineView | GroupTimelineView;
    yield* page.entries;
    cursor = page.entries.length > 0 ? page.next_cursor : null;
  } while (cursor !== null);
}
