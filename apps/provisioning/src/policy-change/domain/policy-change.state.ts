import type { ApprovalRequest, EnvironmentPolicy, PolicyEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** What an approved change of policy does, bound by its digest to what was approved. */
export interface PolicyProposal {
  readonly policy: EnvironmentPolicy;
  readonly reason: string;
  /** The policy's version that it was made from. */
  readonly base_version: number;
}
interface Asked {
  readonly environmentId: string;
  readonly ticketId: string;
  readonly contentRef: string;
  readonly proposal: PolicyProposal;
  readonly requestedBy: string;
  readonly request: ApprovalRequest;
}
/** A change of an environment's policy that needs approval. */
export type PolicyChange =
  | { readonly phase: 'absent' }
  | (Asked & { readonly phase: 'pending' })
  | (Asked & { readonly phase: 'withdrawn' | 'applied' | 'refused' });

function evolve(change: PolicyChange, event: PolicyEvent): PolicyChange {
  if (event.action === 'policy.approval_requested') {
    const { approval, content_ref: contentRef, proposal, requested_by: requestedBy } = event.detail;
    return {
      phase: 'pending',
      environmentId: event.environment_id,
      ticketId: approval.ticket_id,
      contentRef,
      // Written by `proposePolicy` alone.
      proposal: proposal as unknown as PolicyProposal,
      requestedBy,
      request: approval,
    };
  }
  if (change.phase === 'absent') return change;
  switch (event.action) {
    case 'policy.applied':
      return { ...change, phase: 'applied' };
    case 'policy.refused':
      return { ...change, phase: 'refused' };
    case 'policy.approval_withdrawn':
      return { ...change, phase: 'withdrawn' };
  }
}

export const PolicyChangeAggregate: AggregateType<PolicyChange, PolicyEvent> = { type: 'policy', initial: { phase: 'absent' }, evolve };
