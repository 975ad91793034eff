import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EnvironmentView } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { requireProvisioner, type Changed } from '../../../provisioning.access';
import { activeEnvironment, changeEnvironmentPolicy } from '../../domain/environment.decider';
import { EnvironmentAggregate } from '../../domain/environment.state';
import { environmentView } from '../../domain/environment.view';
import { EnvironmentReferences } from '../../environment.references';
import { ChangeEnvironmentPolicy } from './change-environment-policy.command';

@CommandHandler(ChangeEnvironmentPolicy)
export class ChangeEnvironmentPolicyHandler implements ICommandHandler<ChangeEnvironmentPolicy> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly references: EnvironmentReferences,
  ) {}

  async execute({ request, caller }: ChangeEnvironmentPolicy): Promise<Changed<EnvironmentView>> {
    requireProvisioner(caller.principal);
    const ref = await this.references.resolve(request, caller);
    const result = await this.runner.run(EnvironmentAggregate, ref, caller.commandContext(), (state) =>
      changeEnvironmentPolicy(request, state, request.id),
    );
    return { view: environmentView(activeEnvironment(result.aggregate.state, request.id)), position: result.position };
  }
}
