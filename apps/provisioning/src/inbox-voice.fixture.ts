import { randomBytes } from 'node:crypto';
import { deriveId, type ApprovalEvent, type NewApprovalEvent, type PolicyEvent } from '@slipway/contracts';
import { JetStreamEventStore } from '@slipway/event-store-jetstream';
import { CommandRunner, type AggregateType } from '@slipway/event-sourcing';
import type { ProvisioningUnderTest } from './provisioning.fixture';

const Ticket: AggregateType<number, ApprovalEvent> = { type: 'approval', initial: 0, evolve: (count) => count + 1 };
interface Asked {
  readonly policy_change_id: string;
  readonly ticket_id: string;
}

/** Says what the approval inbox says of tickets, for tests of those who follow them. */
export class InboxVoice {
  private constructor(private readonly store: JetStreamEventStore) {}

  static async open({ servers }: ProvisioningUnderTest): Promise<InboxVoice> {
    return new InboxVoice(new JetStreamEventStore(await servers.connect('approval-inbox')));
  }

  /** Decides as 'ann'. */
  async decide(projectId: string, { policy_change_id, ticket_id }: Asked, approve: boolean): Promise<void> {
    const [asked] = await this.of(projectId, policy_change_id);
    if (asked?.action !== 'policy.approval_requested') throw new Error('nothing was asked');
    const about = { resource_type: 'policy', resource_id: policy_change_id, release_id: null, preview_ref: asked.detail.content_ref };
    const decided = { ...about, act: 'policy_change' as const, comment: null };
    const event: NewApprovalEvent = approve
      ? { action: 'approval.approved', status: 'approved', detail: { ...decided, approved_by: ['ann'] } }
      : { action: 'approval.rejected', status: 'rejected', detail: { ...decided, rejected_by: 'ann' } };
    const commandId = deriveId('command', randomBytes(8).toString('hex'));
    const context = { commandId, principal: { actorId: 'ann', actorType: 'human' }, source: 'api', correlationId: commandId } as const;
    const ref = { projectId, type: 'approval', id: ticket_id } as const;
    const now = new Date().toISOString();
    await new CommandRunner(this.store).run(Ticket, ref, { ...context, causationId: commandId, now }, () => [event]);
  }

  /** The last event of a change of policy, once it is decided. */
  async outcomeOf(projectId: string, id: string): Promise<PolicyEvent | undefined> {
    const last = (await this.of(projectId, id)).at(-1);
    return last?.action === 'policy.approval_requested' ? undefined : last;
  }

  private async of(projectId: string, id: string): Promise<PolicyEvent[]> {
    return (await this.store.read({ projectId, type: 'policy', id })).map(({ event }) => event as PolicyEvent);
  }
}
