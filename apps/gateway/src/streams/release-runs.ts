import type { Principal } from '@slipway/contracts';
import type { GatewayCalls } from '../http/gateway-calls';
import { readTimeline } from './read-timeline';

/** A release's id, and the runs whose logs are its own, in the order in which they started. @throws SlipwayError `unknown_resource` */
export async function releaseRuns(
  calls: GatewayCalls,
  reference: { readonly id: string; readonly project?: string },
  by: { principal: Principal; correlationId: string; minPosition?: number },
): Promise<{ releaseId: string; runIds: string[] }> {
  const runIds = new Set<string>();
  let releaseId = reference.id;
  for await (const entry of readTimeline(calls, reference, by)) {
    if (entry.resource_type === 'release') releaseId = entry.resource_id;
    const runId = entry.action === 'execution.started' ? entry.detail['run_id'] : undefined;
    if (typeof runId === 'string') runIds.add(runId);
  }
  return { releaseId, runIds: [...runIds] };
}
