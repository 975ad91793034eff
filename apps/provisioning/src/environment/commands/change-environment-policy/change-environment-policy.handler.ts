import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { deriveId, type AggregateRef, type EnvironmentView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { proposePolicy, type ProposePolicy } from '../../../policy-change/domain/policy-change.decider';
import { PolicyChangeAggregate } from '../../../policy-change/domain/policy-change.state';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { activeEnvironment, changeEnvironmentPolicy, policyToPropose } from '../../domain/environment.decider';
import { EnvironmentAggregate, type ActiveEnvironment } from '../../domain/environment.state';
import { environmentView } from '../../domain/environment.view';
import { EnvironmentReferences } from '../../environment.references';
import { ChangeEnvironmentPolicy } from './change-environment-policy.command';

/** Changes it, or, where the policy itself says so, asks the inbox to. */
@CommandHandler(ChangeEnvironmentPolicy)
export class ChangeEnvironmentPolicyHandler implements ICommandHandler<ChangeEnvironmentPolicy> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: EnvironmentReferences,
  ) {}

  /** The policy at the head says which: between a look at it and the change it could have come to need approval. */
  async execute({ request, caller }: ChangeEnvironmentPolicy): Promise<Changed<EnvironmentView>> {
    requireProvisioner(caller.principal);
    const ref = await this.references.resolve(request, caller);
    const result = await this.runner.run(EnvironmentAggregate, ref, caller.commandContext(), (state) =>
      changeEnvironmentPolicy(request, state, request.id),
    );
    const environment = activeEnvironment(result.aggregate.state, request.id);
    const changed = result.events.length > 0 || result.duplicate;
    const policy = changed ? null : policyToPropose(environment, request.policy);
    return policy === null
      ? { view: environmentView(environment), position: result.position }
      : this.propose(ref, environment, { policy, reason: request.reason }, caller);
  }

  private async propose(
    { projectId }: AggregateRef,
    environment: ActiveEnvironment,
    proposal: Pick<ProposePolicy, 'policy' | 'reason'>,
    caller: CallerContext,
  ): Promise<Changed<EnvironmentView>> {
    const context = caller.commandContext();
    const policyChangeId = deriveId('policy', environment.id, context.commandId);
    const command = { policyChangeId, environment, ...proposal, actorId: context.principal.actorId, now: context.now };
    const ref = { projectId, type: 'policy', id: policyChangeId } as const;
    const { aggregate, position } = await this.runner.runNew(PolicyChangeAggregate, ref, context, (change) =>
      proposePolicy(command, change),
    );
    const { state } = aggregate;
    const pending = state.phase === 'absent' ? {} : { policy_change: { policy_change_id: policyChangeId, ticket_id: state.ticketId } };
    return { view: { ...environmentView(environment), ...pending }, position };
  }
}
