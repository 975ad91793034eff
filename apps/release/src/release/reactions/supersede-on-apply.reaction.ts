import { Injectable } from '@nestjs/common';
import { actionSubject, type EventOf } from '@slipway/contracts';
import { CommandRunner, serviceContext, type Aggregate, type Recorded } from '@slipway/event-sourcing';
import { ReadModels, type Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { positionOf } from '../basis/slot.basis';
import { decide } from '../domain/release.decider';
import { releaseType, type Release } from '../domain/release.state';

type AppliedFor = EventOf<'release.pending_approval' | 'release.awaiting_group' | 'release.approved'>;

const WAITING = `SELECT release_id FROM release WHERE slot_id = $1 AND release_id <> $2 AND status IN ('pending_approval', 'approved')`;

/**
 * Of the releases that wait for one slot only the last applied for stays: earlier ones that do not run yet are superseded, and
 * their tickets with them. The order is that of the log.
 */
@Injectable()
export class SupersedeOnApplyReaction implements Reaction {
  readonly name = 'supersede-on-apply';
  readonly subjects = ['release.pending_approval', 'release.awaiting_group', 'release.approved'].map(actionSubject);

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const event = cause.event as AppliedFor;
    // An approval by ticket follows an apply that superseded already.
    if (event.action === 'release.approved' && !event.detail.automatic) return;
    await this.readModels.waitFor('release-list', cause.position);
    const waiting = await this.source.query<{ release_id: string }[]>(WAITING, [event.detail.slot_id, event.resource_id]);
    for (const { release_id } of waiting) await this.supersede(release_id, cause);
  }

  private async supersede(releaseId: string, cause: Recorded): Promise<void> {
    const ref = { projectId: cause.event.project_id, type: 'release', id: releaseId } as const;
    const context = serviceContext(cause, 'release', this.name, this.clock);
    await this.runner.run(releaseType, ref, context, (release, aggregate) =>
      appliedBefore(aggregate, cause.position) ? decide({ type: 'SupersedeRelease', byReleaseId: cause.event.resource_id }, release) : [],
    );
  }
}

function appliedBefore({ state, head }: Aggregate<Release>, position: number): boolean {
  const applied = state.phase === 'none' ? undefined : positionOf(head, state.appliedForVersion);
  return applied !== undefined && applied < position;
}
