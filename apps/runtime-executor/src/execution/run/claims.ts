import { deriveId, type AggregateRef, type ExecutionEvent, type NewExecutionEvent } from '@slipway/contracts';
import type { Clock, CommandContext, CommandResult, CommandRunner, Recorded } from '@slipway/event-sourcing';
import { claim, reclaim } from '../domain/execution.decider';
import { executionType, type Assignment, type Execution } from '../domain/execution.state';
import type { Claim } from './journal';

export interface ClaimPorts {
  readonly runner: CommandRunner;
  readonly clock: Clock;
  readonly executorId: string;
}
interface Because {
  readonly correlationId: string;
  readonly causationId: string;
  readonly teamId: string;
}

/**
 * Claims an execution that nobody claimed yet; undefined when somebody has. Two executors that got the same message, or
 * one that got it twice, have one winner: the append expects that the execution has no event.
 */
export async function claimFirst(
  ports: ClaimPorts,
  ref: AggregateRef,
  assignment: Assignment & { environmentId: string },
  cause: Recorded,
): Promise<Claim | undefined> {
  const because = { correlationId: cause.event.correlation_id, causationId: cause.event.event_id, teamId: cause.event.team_id };
  const result = await run(ports, ref, because, 'first', (execution) => claim(execution, { ...assignment, executorId: ports.executorId }));
  return claimOf(ports, ref, because, result);
}

/**
 * The next claim after `attempt`: its newer fence takes the execution from whoever held it; undefined when it has ended.
 * @throws SlipwayError claimLost when somebody else was faster.
 */
export async function claimAgain(ports: ClaimPorts, ref: AggregateRef, because: Because, attempt: number): Promise<Claim | undefined> {
  const result = await run(ports, ref, because, `again-${attempt}`, (execution) =>
    reclaim(execution, { executionId: ref.id, attempt }, ports.executorId),
  );
  return claimOf(ports, ref, because, result);
}

function run(
  ports: ClaimPorts,
  ref: AggregateRef,
  because: Because,
  which: string,
  decide: (execution: Execution) => readonly NewExecutionEvent[],
): Promise<CommandResult<Execution, ExecutionEvent>> {
  const context: CommandContext = {
    commandId: deriveId('command', ref.id, 'claim', which, ports.executorId),
    principal: { actorId: 'service:runtime-executor', actorType: 'service' },
    source: 'system',
    now: ports.clock.now(),
    ...because,
  };
  return ports.runner.run<Execution, ExecutionEvent, NewExecutionEvent>(executionType, ref, context, decide);
}

/** Ours if this command appended it, now or in a try whose answer was lost. Its position is the fence. */
function claimOf(
  ports: ClaimPorts,
  ref: AggregateRef,
  because: Because,
  result: CommandResult<Execution, ExecutionEvent>,
): Claim | undefined {
  const { state } = result.aggregate;
  if (result.events.length === 0 && !result.duplicate) return undefined;
  if (state.phase === 'none' || state.phase === 'ended' || state.executorId !== ports.executorId) return undefined;
  return { ref, attempt: state.attempt, fence: result.position, ...because };
}
