import { Injectable } from '@nestjs/common';
import { requireProject, SlipwayError, unknownResource, type AggregateRef, type EventEnvelope, type Principal } from '@slipway/contracts';
import { CommandRunner, type Aggregate, type AggregateType } from '@slipway/event-sourcing';
import { projectBasis } from './project.basis';

interface Reading<S> {
  /** Began already: a caller that comes now cannot rely on it. */
  current: Promise<Aggregate<S>> | undefined;
  /** Begins when `current` has ended: whoever comes meanwhile shares it. */
  next: Promise<Aggregate<S>> | undefined;
}

/**
 * Loads aggregates that a release is made from, always from the log's head. Callers that come while a load of the same
 * aggregate is under way share the next one, which begins after they asked: a hundred previews of one slot read its head
 * once or twice, and none of them sees a state older than its request.
 */
@Injectable()
export class BasisReader {
  private readonly readings = new Map<string, Reading<unknown>>();

  constructor(private readonly runner: CommandRunner) {}

  load<S, E extends EventEnvelope>(type: AggregateType<S, E>, ref: AggregateRef): Promise<Aggregate<S>> {
    const key = `${ref.projectId}/${ref.type}/${ref.id}`;
    // One type folds one kind of aggregate, and the key names the kind.
    const reading = (this.readings.get(key) ?? { current: undefined, next: undefined }) as Reading<S>;
    this.readings.set(key, reading as Reading<unknown>);
    if (!reading.current) return this.begin(key, reading, type, ref);
    reading.next ??= reading.current.then(
      () => this.begin(key, reading, type, ref),
      () => this.begin(key, reading, type, ref),
    );
    return reading.next;
  }

  /** The project's team. @throws SlipwayError `unknown_resource` when there is no such project, or not for this caller. */
  async teamOf(projectId: string, principal: Principal): Promise<string> {
    requireProject(principal, projectId);
    const { state } = await this.load(projectBasis, { projectId, type: 'project', id: projectId });
    if (!state) throw unknownResource('project', projectId);
    return state.teamId;
  }

  private begin<S, E extends EventEnvelope>(
    key: string,
    reading: Reading<S>,
    type: AggregateType<S, E>,
    ref: AggregateRef,
  ): Promise<Aggregate<S>> {
    reading.next = undefined;
    const current = this.runner.load(type, ref);
    reading.current = current;
    const end = () => {
      if (reading.current !== current || reading.next) return;
      reading.current = undefined;
      this.readings.delete(key);
    };
    current.then(end, end);
    return current;
  }
}

/** Code `resource_deleted`. */
export const deletedResource = (kind: string, ref: string): SlipwayError =>
  new SlipwayError('resource_deleted', `The ${kind} '${ref}' was deleted; choose another.`, { resource_type: kind, ref });
