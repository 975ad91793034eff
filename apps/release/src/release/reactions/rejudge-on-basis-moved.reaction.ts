import { Injectable } from '@nestjs/common';
import { actionSubject, type AggregateRef } from '@slipway/contracts';
import { CommandRunner, serviceContext, type CommandContext, type Recorded } from '@slipway/event-sourcing';
import { ReadModels, type Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { BasisReader } from '../basis/basis.reader';
import { environmentBasis } from '../basis/environment.basis';
import { targetBasis } from '../basis/target.basis';
import { decide } from '../domain/release.decider';
import { releaseType, type Release } from '../domain/release.state';

// Two halves: each has an index that holds few rows, and a slot may have seen thousands of previews.
const waitingBy = (column: 'environment_id' | 'slot_id'): string => `
  SELECT release_id FROM release WHERE ${column} = $1 AND status IN ('pending_approval', 'approved')
  UNION SELECT release_id FROM release WHERE ${column} = $1 AND facts ->> 'rollback_status' = 'pending_approval'`;
const WAITING = waitingBy('environment_id');
const WAITING_FOR_SLOT = waitingBy('slot_id');
const SLOT_MOVED = ['slot.deployed', 'slot.restored', 'slot.held'];
/** What asks for approval is judged once more itself: policy or slot may have moved while it was being asked for. */
const ASKED = ['release.pending_approval', 'release.awaiting_group', 'release.rollback_requested'];

/** Whoever waits on what no longer holds is told at once, not when it is their turn: a change of policy, of the target, or of the slot. */
@Injectable()
export class RejudgeOnBasisMovedReaction implements Reaction {
  readonly name = 'rejudge-on-basis-moved';
  readonly subjects = ['environment.policy_changed', 'target.updated', 'target.deleted', ...SLOT_MOVED, ...ASKED].map(actionSubject);

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly basis: BasisReader,
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const { project_id: projectId } = cause.event;
    const context = serviceContext(cause, 'release', this.name, this.clock);
    for (const id of await this.concerned(cause)) await this.one({ projectId, type: 'release', id }, context);
  }

  private async concerned({ event, position }: Recorded): Promise<string[]> {
    if (ASKED.includes(event.action)) return [event.resource_id];
    await this.readModels.waitFor('release-list', position);
    const waiting = SLOT_MOVED.includes(event.action)
      ? { in: WAITING_FOR_SLOT, of: event.resource_id }
      : { in: WAITING, of: event.environment_id };
    const rows = await this.source.query<{ release_id: string }[]>(waiting.in, [waiting.of]);
    return rows.map(({ release_id }) => release_id);
  }

  private async one(ref: AggregateRef, context: CommandContext): Promise<void> {
    await this.runner.run(releaseType, ref, context, (release) => this.judged(ref.projectId, release));
  }

  private async judged(projectId: string, release: Release) {
    if (release.phase === 'none') return [];
    const { environment_id, target_id, slot_id } = release.subject;
    const [{ state: environment }, { state: target }, { reading: slot }] = await Promise.all([
      this.basis.load(environmentBasis, { projectId, type: 'environment', id: environment_id }),
      this.basis.load(targetBasis, { projectId, type: 'target', id: target_id }),
      this.basis.slot(projectId, slot_id),
    ]);
    return environment && target ? decide({ type: 'RejudgeRelease', environment, target, slot }, release) : [];
  }
}
