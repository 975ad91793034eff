import { Injectable } from '@nestjs/common';
import { actionSubject, type EventOf } from '@slipway/contracts';
import { CommandRunner, serviceContext, type Recorded } from '@slipway/event-sourcing';
import type { Reaction } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { decide } from '../domain/release.decider';
import type { ExecutionReport } from '../domain/execution.decider';
import { releaseType } from '../domain/release.state';

const ACTIONS = [
  'execution.started',
  'execution.paused',
  'execution.resumed',
  'execution.verifying',
  'execution.succeeded',
  'execution.failed',
  'execution.abandoned',
] as const;
type Progress = EventOf<(typeof ACTIONS)[number]>;

/** What the executor recorded of an attempt, mirrored into its release. */
@Injectable()
export class FollowOnExecutionReaction implements Reaction {
  readonly name = 'follow-on-execution';
  readonly subjects = ACTIONS.map(actionSubject);

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {}

  async react(cause: Recorded): Promise<void> {
    const event = cause.event as Progress;
    const report = reportOf(event);
    const ref = { projectId: event.project_id, type: 'release', id: event.detail.release_id } as const;
    await this.runner.run(releaseType, ref, serviceContext(cause, 'release', this.name, this.clock), (release) => decide(report, release));
  }
}

function reportOf(event: Progress): ExecutionReport {
  const executionId = event.resource_id;
  switch (event.action) {
    case 'execution.started':
      return { type: 'BeginExecution', executionId, act: event.detail.act };
    case 'execution.paused':
      return { type: 'PauseExecution', executionId, why: event.detail.why };
    case 'execution.resumed':
      return { type: 'ContinueExecution', executionId };
    case 'execution.verifying':
      return { type: 'VerifyExecution', executionId };
    case 'execution.succeeded': {
      const { act, observed_digest, url, changed, duration_ms } = event.detail;
      return { type: 'SucceedExecution', executionId, act, observedDigest: observed_digest, url, changed, durationMs: duration_ms };
    }
    case 'execution.failed': {
      const { act, outcome, diagnostics } = event.detail;
      return { type: 'FailExecution', executionId, act, outcome, diagnostics };
    }
    case 'execution.abandoned': {
      const { act, why, code, by_release_id } = event.detail;
      return { type: 'AbandonExecution', executionId, act, why, code, byReleaseId: by_release_id };
    }
  }
}
