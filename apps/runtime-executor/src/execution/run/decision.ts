import type { AggregateRef } from '@slipway/contracts';
import type { CommandRunner } from '@slipway/event-sourcing';
import type { Execution } from '../domain/execution.state';
import { loadRelease } from './release-change';

/** Whether somebody resumed or cancelled a paused execution since it paused. @throws SlipwayError while the log is away. */
export async function isDecided(
  runner: CommandRunner,
  ref: AggregateRef,
  paused: Extract<Execution, { phase: 'paused' }>,
): Promise<boolean> {
  const release = await loadRelease(runner, ref.projectId, paused.releaseId);
  return release.cancels[ref.id] !== undefined || (release.resumes[ref.id]?.count ?? 0) > paused.resumes;
}
