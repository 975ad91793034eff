import { randomBytes } from 'node:crypto';
import {
  deriveId,
  digestOf,
  environmentId,
  type ApprovalAct,
  type ApprovalEvent,
  type PolicyEvent,
  type NewGateEvent,
  type NewPolicyEvent,
  type WithdrawalCause,
} from '@slipway/contracts';
import { CommandRunner, type AggregateType, type EventStore } from '@slipway/event-sourcing';
import { gateType } from '@slipway/gates';
import { contextOf, requestOf } from './release-writer.fixture';

/** Asks for approvals as a service other than release does: through the published contract. */
export interface RequestWriter {
  ask(act: ApprovalAct): Promise<AskedApproval>;
  /** Stops or resumes the line of a project. */
  line(projectId: string, stopped: boolean): Promise<number>;
  /** Sets or removes a freeze window of a project that holds now. */
  freeze(projectId: string, frozen: boolean): Promise<number>;
}
export interface AskedApproval {
  readonly ticketId: string;
  readonly resourceId: string;
  readonly contentRef: string;
  readonly position: number;
  events(): Promise<ApprovalEvent[]>;
  withdraw(cause: WithdrawalCause, why: string): Promise<number>;
}

const Policy: AggregateType<number, PolicyEvent> = { type: 'policy', initial: 0, evolve: (count) => count + 1 };

export function requestWriter(store: EventStore): RequestWriter {
  const runner = new CommandRunner(store);
  return {
    async line(projectId, stopped) {
      const ref = { projectId, type: 'gate', id: projectId } as const;
      const event: NewGateEvent = stopped
        ? { action: 'gate.stopped', status: 'stopped', detail: { scope: 'project', reason: 'incident', owner: 'ann', acts: ['apply'] } }
        : { action: 'gate.resumed', status: 'open', detail: { by: 'ann', reason: null } };
      return (await runner.run(gateType, ref, contextOf('ann'), () => [event])).position;
    },
    async freeze(projectId, frozen) {
      const ref = { projectId, type: 'gate', id: projectId } as const;
      const window = {
        name: 'sale',
        kind: 'deny',
        start: '2026-01-01T00:00',
        duration_s: 86_400,
        rrule: 'FREQ=DAILY',
        timezone: 'UTC',
      } as const;
      const event: NewGateEvent = frozen
        ? {
            action: 'gate.window_set',
            status: 'open',
            detail: { scope: 'project', window: { ...window, reason: 'sale', owner: 'ann', acts: ['apply'] } },
          }
        : { action: 'gate.window_removed', status: 'open', detail: { name: 'sale', reason: null } };
      return (await runner.run(gateType, ref, contextOf('ann'), () => [event])).position;
    },
    async ask(act) {
      const resourceId = deriveId('policy', randomBytes(8).toString('hex'));
      const ref = { projectId: 'shop', type: 'policy', id: resourceId } as const;
      const append = async (event: NewPolicyEvent): Promise<number> =>
        (await runner.run(Policy, ref, contextOf('olga'), () => [{ ...event, environmentId: environmentId('shop', 'prod') }])).position;
      const ticketId = deriveId('approval', resourceId, act);
      const contentRef = digestOf({ act });
      const action = { ordinal: 1, verb: 'delete', kind: 'server', name: 'db-1', summary: 'delete db-1', one_way: true } as const;
      const position = await append({
        action: 'policy.approval_requested',
        status: 'active',
        detail: {
          approval: { ...requestOf(ticketId), act },
          requested_by: 'olga',
          environment_name: 'prod',
          environment_type: 'production',
          content_ref: contentRef,
          plan: { actions: [action], diff: [], diff_truncated: false, checks: [] },
          proposal: { act },
        },
      });
      return {
        ticketId,
        resourceId,
        contentRef,
        position,
        events: async () =>
          (await store.read({ projectId: 'shop', type: 'approval', id: ticketId })).map(({ event }) => event as ApprovalEvent),
        withdraw: (cause, why) =>
          append({ action: 'policy.approval_withdrawn', status: 'active', detail: { ticket_id: ticketId, cause, why } }),
      };
    },
  };
}
