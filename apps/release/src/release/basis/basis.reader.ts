import { Inject, Injectable } from '@nestjs/common';
import { requireProject, SlipwayError, unknownResource, type AggregateRef, type EventEnvelope, type Principal } from '@slipway/contracts';
import { CommandRunner, type Aggregate, type AggregateType, type EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE } from '@slipway/service-kit';
import { projectBasis } from './project.basis';
import { SharedReads } from './shared-reads';
import { positionOf, slotBasis, slotReading, type SlotBasis } from './slot.basis';
import type { SlotReading } from '../domain/release.commands';

/** Loads aggregates that a release is made from, always from the log's head; concurrent callers share loads. */
@Injectable()
export class BasisReader {
  private readonly loads = new SharedReads<Aggregate<unknown>>();

  constructor(
    private readonly runner: CommandRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** `gapMs`: see `SharedReads`. */
  async load<S, E extends EventEnvelope>(type: AggregateType<S, E>, ref: AggregateRef, gapMs = 0): Promise<Aggregate<S>> {
    const loaded = await this.loads.read(`${ref.projectId}/${ref.type}/${ref.id}`, () => this.runner.load(type, ref), gapMs);
    // One type folds one kind of aggregate, and the key names the kind.
    return loaded as Aggregate<S>;
  }

  /** The project's team. @throws SlipwayError `unknown_resource` when there is no such project, or not for this caller. */
  async teamOf(projectId: string, principal: Principal, gapMs = 0): Promise<string> {
    requireProject(principal, projectId);
    const { state } = await this.load(projectBasis, { projectId, type: 'project', id: projectId }, gapMs);
    if (!state) throw unknownResource('project', projectId);
    return state.teamId;
  }

  async slot(projectId: string, slotId: string, gapMs = 0): Promise<{ aggregate: Aggregate<SlotBasis>; reading: SlotReading }> {
    const aggregate = await this.load(slotBasis, { projectId, type: 'slot', id: slotId }, gapMs);
    return { aggregate, reading: slotReading(aggregate, await this.deploymentPosition(aggregate)) };
  }

  /** Of the last deployment; a slot with hundreds of drift events since is read for it. */
  private async deploymentPosition({ ref, head, state }: Aggregate<SlotBasis>): Promise<number> {
    if (state.deployedVersion === 0) return 0;
    const position = positionOf(head, state.deployedVersion);
    if (position !== undefined) return position;
    const recorded = await this.store.read(ref);
    return recorded.find(({ event }) => event.aggregate_version === state.deployedVersion)?.position ?? 0;
  }
}

/** Code `resource_deleted`. */
export const deletedResource = (kind: string, ref: string): SlipwayError =>
  new SlipwayError('resource_deleted', `The ${kind} '${ref}' was deleted; choose another.`, { resource_type: kind, ref });
