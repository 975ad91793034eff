import { Injectable } from '@nestjs/common';
import type { AggregateRef } from '@slipway/contracts';
import { CommandRunner, type CommandContext, type Recorded } from '@slipway/event-sourcing';
import { ReadModels } from '@slipway/projections-typeorm';
import { DataSource } from 'typeorm';
import { EnvironmentAggregate } from '../environment/domain/environment.state';
import { withdrawStale } from './domain/policy-change.decider';
import { PolicyChangeAggregate } from './domain/policy-change.state';

const WAITING = 'SELECT policy_change_id FROM policy_proposals WHERE environment_id = $1 ORDER BY policy_change_id';

/** Takes back proposals made from a policy that has changed, or is deleted, since: nobody decides on what cannot come any more. */
@Injectable()
export class StaleProposals {
  constructor(
    private readonly runner: CommandRunner,
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  /** @param cause a change of the environment's policy, its deletion, or a proposal that may have been made beside one */
  async withdraw({ event, position }: Recorded, context: CommandContext): Promise<void> {
    const { project_id: projectId, environment_id: environmentId } = event;
    const { state } = await this.runner.load(EnvironmentAggregate, { projectId, type: 'environment', id: environmentId });
    if (state.phase === 'absent') return;
    const policyVersion = state.phase === 'deleted' ? null : state.policyVersion;
    for (const id of event.resource_type === 'policy' ? [event.resource_id] : await this.waiting(environmentId, position)) {
      const ref: AggregateRef = { projectId, type: 'policy', id };
      await this.runner.run(PolicyChangeAggregate, ref, context, (change) => withdrawStale(policyVersion, change));
    }
  }

  private async waiting(environmentId: string, position: number): Promise<string[]> {
    await this.readModels.waitFor('policy-proposals', position);
    const rows = await this.source.query<{ policy_change_id: string }[]>(WAITING, [environmentId]);
    return rows.map(({ policy_change_id: id }) => id);
  }
}
