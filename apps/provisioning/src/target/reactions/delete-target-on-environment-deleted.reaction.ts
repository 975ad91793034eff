import { Injectable } from '@nestjs/common';
import { actionSubject, type AggregateRef } from '@slipway/contracts';
import { CommandRunner, serviceContext, type Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { EnvironmentAggregate } from '../../environment/domain/environment.state';
import { deleteTarget } from '../domain/target.decider';
import { TargetAggregate, type Target } from '../domain/target.state';
import { TargetsOfEnvironment } from '../targets-of-environment';

const REASON = 'its environment was deleted';
/** Nothing can be begun in an environment that is deleted, and this target is not to outlive it. */
const UNUSED = { running: [], executed: [] };
const NAME = 'delete-target-on-environment-deleted';

/**
 * Closes the race between creating a target and deleting its environment, which are two aggregates: whichever event
 * comes second in the log, this reaction sees it with the other one done, and deletes the target.
 */
@Injectable()
export class DeleteTargetOnEnvironmentDeletedReaction implements Reaction {
  readonly name = NAME;
  readonly subjects = [actionSubject('environment.deleted'), actionSubject('target.created')];

  constructor(
    private readonly runner: CommandRunner,
    private readonly targets: TargetsOfEnvironment,
    private readonly clock: Clock,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const { action, environment_id, project_id, resource_id } = cause.event;
    const environment: AggregateRef = { projectId: project_id, type: 'environment', id: environment_id };
    if ((await this.runner.load(EnvironmentAggregate, environment)).state.phase !== 'deleted') return;
    const left =
      action === 'target.created' ? [resource_id] : (await this.targets.at(environment_id, cause.position)).map((row) => row.targetId);
    for (const id of left) await this.delete({ projectId: project_id, type: 'target', id }, cause);
  }

  private async delete(ref: AggregateRef, cause: Recorded): Promise<void> {
    const context = serviceContext(cause, 'provisioning', NAME, this.clock);
    await this.runner.run(TargetAggregate, ref, context, (target: Target) =>
      target.phase === 'active' ? deleteTarget(REASON, UNUSED, target, ref.id) : [],
    );
  }
}
