import { executionId, type AggregateRef, type SlipwayEvent } from '@slipway/contracts';
import type { CommandRunner, Recorded } from '@slipway/event-sourcing';
import type { Assignment } from '../domain/execution.state';
import { loadRelease } from '../run/release-change';

/** Events that give executors something to do. */
export const WORK_ACTIONS = [
  'release.approved',
  'release.rollback_requested',
  'release.rollback_approved',
  'release.cancel_requested',
  'release.resumed',
] as const;

/** `begin`: a new execution. `decide`: somebody decided about one that is under way or paused. */
export type WorkItem =
  | { readonly kind: 'begin'; readonly ref: AggregateRef; readonly assignment: Assignment & { environmentId: string } }
  | { readonly kind: 'decide'; readonly ref: AggregateRef; readonly cancel: boolean };

const executionRef = (projectId: string, id: string): AggregateRef => ({ projectId, type: 'execution', id });

/**
 * What an event asks of executors; undefined: nothing. The execution's id follows from the event, so however often it is
 * delivered, it names one execution.
 */
export async function workItemOf(runner: CommandRunner, recorded: Recorded): Promise<WorkItem | undefined> {
  // The consumer's filter lets only release events through.
  const event = recorded.event as SlipwayEvent;
  switch (event.action) {
    case 'release.approved':
      return begin(runner, event, 'apply', event.resource_id);
    case 'release.rollback_requested':
      return event.detail.approval ? undefined : begin(runner, event, 'rollback', event.detail.to_release_id);
    case 'release.rollback_approved':
      return begin(runner, event, 'rollback', event.detail.to_release_id);
    case 'release.cancel_requested':
    case 'release.resumed': {
      const cancel = event.action === 'release.cancel_requested';
      return { kind: 'decide', ref: executionRef(event.project_id, event.detail.execution_id), cancel };
    }
    default:
      return undefined;
  }
}

async function begin(runner: CommandRunner, event: SlipwayEvent, act: 'apply' | 'rollback', toReleaseId: string): Promise<WorkItem> {
  const { subject } = await loadRelease(runner, event.project_id, event.resource_id);
  return {
    kind: 'begin',
    ref: executionRef(event.project_id, executionId(event.resource_id, act, event.event_id)),
    assignment: {
      releaseId: event.resource_id,
      act,
      toReleaseId,
      slotId: subject.slot_id,
      targetId: subject.target_id,
      causeEventId: event.event_id,
      environmentId: subject.environment_id,
    },
  };
}
