import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  environmentId,
  NONE,
  resolveRef,
  SlipwayError,
  unknownResource,
  type AccessChanged,
  type BindingScope,
  type CreateBinding as CreateBindingRequest,
} from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { activeEnvironment } from '../../../environment/domain/environment.decider';
import { EnvironmentAggregate } from '../../../environment/domain/environment.state';
import { activeProject } from '../../../project/domain/project.decider';
import { ProjectAggregate } from '../../../project/domain/project.state';
import { projectRef } from '../../../project/project.ref';
import type { Changed } from '../../../provisioning.access';
import { bindingRef, roleRef, teamRef } from '../../access.refs';
import { requireAdministrator, requireHeld } from '../../access.rules';
import { createBinding } from '../../domain/binding.decider';
import { BindingAggregate } from '../../domain/binding.state';
import { permissionsOfRole } from '../../domain/role.decider';
import { RoleAggregate } from '../../domain/role.state';
import { TeamAggregate } from '../../domain/team.state';
import { CreateBinding } from './create-binding.command';

/** Binds a role to an actor, a group or a team; nobody binds a role with permissions that he does not hold in the scope himself. */
@CommandHandler(CreateBinding)
export class CreateBindingHandler implements ICommandHandler<CreateBinding> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: CreateBinding): Promise<Changed<AccessChanged>> {
    const { role, subject } = request;
    const scope = scopeOf(request);
    requireAdministrator(caller.principal, scope.project_id, scope.environment_id);
    await this.requireThere(request, scope);
    const { state: definition } = await this.runner.load(RoleAggregate, roleRef(role));
    const place = scope.project_id === NONE ? { projectId: '*', environmentId: '*' } : whole(scope);
    requireHeld(caller.principal, place, permissionsOfRole(role, definition));
    const ref = bindingRef(role, subject, scope);
    const { position } = await this.runner.run(BindingAggregate, ref, caller.commandContext(), (state) =>
      createBinding({ role, subject, scope }, state),
    );
    return { view: { id: ref.id, project_id: ref.projectId }, position };
  }

  private async requireThere({ subject, team }: CreateBindingRequest, scope: BindingScope): Promise<void> {
    const { project_id: projectId, environment_id: id } = scope;
    if (projectId !== NONE) activeProject((await this.runner.load(ProjectAggregate, projectRef(projectId))).state, projectId);
    if (id !== NONE) activeEnvironment((await this.runner.load(EnvironmentAggregate, { projectId, type: 'environment', id })).state, id);
    for (const name of [team, subject.kind === 'team' ? subject.ref : undefined]) {
      if (name === undefined) continue;
      if ((await this.runner.load(TeamAggregate, teamRef(name))).state.phase !== 'active') throw unknownResource('team', name);
    }
  }
}

/** @throws SlipwayError `invalid_request` unless at most one kind of scope is named. */
function scopeOf({ project, environment, team }: CreateBindingRequest): BindingScope {
  if (environment !== undefined && project === undefined) {
    throw new SlipwayError('invalid_request', 'Name the project of the environment.', { field: 'project' });
  }
  if (team !== undefined && project !== undefined) {
    throw new SlipwayError('invalid_request', 'A binding holds for a team’s projects or for one project; name one of the two.', {
      field: 'team',
    });
  }
  const kind = team !== undefined ? 'team' : environment !== undefined ? 'environment' : project !== undefined ? 'project' : 'platform';
  const environment_id = environment === undefined ? NONE : resolveRef(environment, (name) => environmentId(project!, name));
  return { kind, team_id: team ?? NONE, project_id: project ?? NONE, environment_id };
}

/** A binding to a project holds in all of its environments, so its role must be held in all of them. */
const whole = ({ project_id: projectId, environment_id: id }: BindingScope): { projectId: string; environmentId: string } => ({
  projectId,
  environmentId: id === NONE ? '*' : id,
});
