import type { NewChangeEvent, RecordChange } from '@slipway/contracts';
import type { Change } from './change.state';

/** Stage 1 of the pipeline: intent, with its source revision, scope and components (spec 003, section 5). Recorded once. */
export function recordChange(request: RecordChange, serviceIds: readonly string[], teamId: string, change: Change): NewChangeEvent[] {
  if (change) return [];
  const detail = {
    source_revision: request.source_revision,
    summary: request.summary,
    scope: request.scope ?? request.summary,
    service_ids: [...serviceIds],
    url: request.url ?? null,
  };
  return [{ action: 'change.recorded', status: 'recorded', teamId, detail }];
}
