import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { deriveId, mergePolicy, sameJson, type AggregateRef, type EnvironmentView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { proposePolicy } from '../../../policy-change/domain/policy-change.decider';
import { PolicyChangeAggregate } from '../../../policy-change/domain/policy-change.state';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { activeEnvironment, changeEnvironmentPolicy } from '../../domain/environment.decider';
import { EnvironmentAggregate, type ActiveEnvironment } from '../../domain/environment.state';
import { environmentView } from '../../domain/environment.view';
import { requirePolicy } from '../../domain/policy.rules';
import { EnvironmentReferences } from '../../environment.references';
import { ChangeEnvironmentPolicy } from './change-environment-policy.command';

type Request = ChangeEnvironmentPolicy['request'];

/** Changes it, or, where the policy itself says so, asks the inbox to. */
@CommandHandler(ChangeEnvironmentPolicy)
export class ChangeEnvironmentPolicyHandler implements ICommandHandler<ChangeEnvironmentPolicy> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: EnvironmentReferences,
  ) {}

  async execute({ request, caller }: ChangeEnvironmentPolicy): Promise<Changed<EnvironmentView>> {
    requireProvisioner(caller.principal);
    const ref = await this.references.resolve(request, caller);
    const environment = activeEnvironment((await this.runner.load(EnvironmentAggregate, ref)).state, request.id);
    const policy = mergePolicy(environment.policy, request.policy);
    requirePolicy(policy);
    const changes = !sameJson(policy, environment.policy);
    return changes && environment.policy.approval_for.includes('policy_change')
      ? this.propose(ref, environment, request, caller)
      : this.change(ref, request, caller);
  }

  private async change(ref: AggregateRef, request: Request, caller: CallerContext): Promise<Changed<EnvironmentView>> {
    const result = await this.runner.run(EnvironmentAggregate, ref, caller.commandContext(), (state) =>
      changeEnvironmentPolicy(request, state, request.id),
    );
    return { view: environmentView(activeEnvironment(result.aggregate.state, request.id)), position: result.position };
  }

  private async propose(
    { projectId }: AggregateRef,
    environment: ActiveEnvironment,
    request: Request,
    caller: CallerContext,
  ): Promise<Changed<EnvironmentView>> {
    const context = caller.commandContext();
    const policyChangeId = deriveId('policy', environment.id, context.commandId);
    const command = {
      policyChangeId,
      environment,
      policy: mergePolicy(environment.policy, request.policy),
      reason: request.reason,
      actorId: context.principal.actorId,
      now: context.now,
    };
    const ref = { projectId, type: 'policy', id: policyChangeId } as const;
    const { aggregate, position } = await this.runner.runNew(PolicyChangeAggregate, ref, context, (change) =>
      proposePolicy(command, change),
    );
    const { state } = aggregate;
    const pending = state.phase === 'absent' ? {} : { policy_change: { policy_change_id: policyChangeId, ticket_id: state.ticketId } };
    return { view: { ...environmentView(environment), ...pending }, position };
  }
}
