import { Injectable } from '@nestjs/common';
import { actionSubject, type AggregateRef, type EventOf } from '@slipway/contracts';
import { CommandRunner, serviceContext, type CommandContext, type Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { takeApprovedPolicy } from '../../environment/domain/environment.decider';
import { EnvironmentAggregate } from '../../environment/domain/environment.state';
import { applied, refused } from '../domain/policy-change.decider';
import { PolicyChangeAggregate, type PolicyChange } from '../domain/policy-change.state';
import { StaleProposals } from '../stale-proposals';

type Decided = EventOf<'approval.approved' | 'approval.rejected' | 'approval.expired'>;
type Pending = Extract<PolicyChange, { phase: 'pending' }>;

/**
 * A ticket's end becomes the change of policy that it was for, or its refusal; and what changes the policy, or deletes it with its
 * environment, takes back every other proposal to change it. One reaction for both, in the order of the log: what is approved is applied before it could read as stale.
 */
@Injectable()
export class FollowOnPolicyDecidedReaction implements Reaction {
  readonly name = 'follow-on-policy-decided';
  readonly subjects = [
    'approval.approved',
    'approval.rejected',
    'approval.expired',
    'environment.policy_changed',
    'environment.deleted',
    'policy.approval_requested',
  ].map(actionSubject);

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly stale: StaleProposals,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const context = serviceContext(cause, 'provisioning', this.name, this.clock);
    if (cause.event.resource_type !== 'approval') return this.stale.withdraw(cause, context);
    await this.follow(cause.event as Decided, context);
  }

  private async follow(event: Decided, context: CommandContext): Promise<void> {
    if (event.detail.resource_type !== 'policy' || event.detail.resource_id === undefined) return;
    const ref: AggregateRef = { projectId: event.project_id, type: 'policy', id: event.detail.resource_id };
    const { state } = await this.runner.load(PolicyChangeAggregate, ref);
    const fits = state.phase === 'pending' && state.ticketId === event.resource_id && state.contentRef === event.detail.preview_ref;
    if (!fits) return;
    const version = event.action === 'approval.approved' ? await this.change(event, state, context) : null;
    await this.runner.run(PolicyChangeAggregate, ref, context, (change) => outcome(event, version, change));
  }

  /** The policy's version after it; null: it was made from one that has changed since. */
  private async change(event: EventOf<'approval.approved'>, change: Pending, context: CommandContext): Promise<number | null> {
    const ref: AggregateRef = { projectId: event.project_id, type: 'environment', id: change.environmentId };
    const approval = { ticketId: change.ticketId, requestedBy: change.requestedBy, approvedBy: event.detail.approved_by };
    const result = await this.runner.run(EnvironmentAggregate, ref, context, (environment) =>
      takeApprovedPolicy(change.proposal, approval, environment),
    );
    const { state } = result.aggregate;
    return (result.events.length > 0 || result.duplicate) && state.phase === 'active' ? change.proposal.base_version + 1 : null;
  }
}

function outcome(event: Decided, version: number | null, change: PolicyChange) {
  switch (event.action) {
    case 'approval.approved':
      return version === null
        ? refused({ why: 'stale', by: null, comment: 'The policy has changed since; propose the change again.' }, change)
        : applied(version, event.detail.approved_by, change);
    case 'approval.rejected':
      return refused({ why: 'rejected', by: event.detail.rejected_by, comment: event.detail.comment }, change);
    case 'approval.expired':
      return refused({ why: 'expired', by: null, comment: null }, change);
  }
}
