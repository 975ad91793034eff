import { Injectable } from '@nestjs/common';
import { actionSubject } from '@slipway/contracts';
import { CommandRunner, serviceContext, type Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { CurrentBasisReader } from '../basis/current.basis';
import { decide } from '../domain/release.decider';
import { releaseType } from '../domain/release.state';

/** The automatic rollback (spec 003, section 12), where the environment's policy allows it. */
@Injectable()
export class RollBackOnReleaseFailedReaction implements Reaction {
  readonly name = 'roll-back-on-release-failed';
  readonly subjects = [actionSubject('release.failed')];

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly basis: CurrentBasisReader,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const { project_id, resource_id } = cause.event;
    const ref = { projectId: project_id, type: 'release', id: resource_id } as const;
    const context = serviceContext(cause, 'release', this.name, this.clock);
    await this.runner.run(releaseType, ref, context, async (release) => {
      if (release.phase !== 'failed') return [];
      const { current, warnings } = await this.basis.ofRollback(release);
      return decide({ type: 'RollBackFailedRelease', actorId: context.principal.actorId, current, warnings }, release);
    });
  }
}
