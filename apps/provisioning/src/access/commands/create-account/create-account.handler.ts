import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isDerivedId, NONE, SlipwayError, type AccessChanged } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { activeProject } from '../../../project/domain/project.decider';
import { ProjectAggregate } from '../../../project/domain/project.state';
import { projectRef } from '../../../project/project.ref';
import type { Changed } from '../../../provisioning.access';
import { accountRef } from '../../access.refs';
import { requireAdministrator } from '../../access.rules';
import { createAccount } from '../../domain/account.decider';
import { AccountAggregate } from '../../domain/account.state';
import { CreateAccount } from './create-account.command';

/** An account of a project, or of the platform: it may do what roles are bound to it. */
@CommandHandler(CreateAccount)
export class CreateAccountHandler implements ICommandHandler<CreateAccount> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: CreateAccount): Promise<Changed<AccessChanged>> {
    const { name, kind, project = NONE, title = name } = request;
    requireAdministrator(caller.principal, project);
    if (isDerivedId(name)) throw new SlipwayError('invalid_request', `'${name}' reads as an id; choose another name.`, { field: 'name' });
    if (project !== NONE) activeProject((await this.runner.load(ProjectAggregate, projectRef(project))).state, project);
    const ref = accountRef(project, name);
    const account = { actorId: `account:${project}/${name}`, kind, name, title, parent: null };
    const { position } = await this.runner.run(AccountAggregate, ref, caller.commandContext(), (state) => createAccount(account, state));
    return { view: { id: ref.id, project_id: project }, position };
  }
}
