import type { Principal, TimelineEntry, TimelineView } from '@slipway/contracts';
import type { GatewayCalls } from '../http/gateway-calls';

const PAGE = 200;

/** Every entry of a release's timeline, in order, page by page. @throws SlipwayError `unknown_resource` */
export async function* readTimeline(
  calls: GatewayCalls,
  reference: object,
  by: { principal: Principal; correlationId: string; minPosition?: number },
): AsyncGenerator<TimelineEntry, void> {
  let cursor: string | null = null;
  do {
    const request = { ...reference, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
    const page = (await calls.ask('audit', 'get-timeline', request, by)) as TimelineView;
    yield* page.entries;
    cursor = page.entries.length > 0 ? page.next_cursor : null;
  } while (cursor !== null);
}
