import { Injectable } from '@nestjs/common';
import { SlipwayError, type AggregateRef, type IntentAct, type Proposal } from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import { ResourceDirectory } from '../directory/resource.directory';
import { CurrentBasisReader } from '../release/basis/current.basis';
import { released } from '../release/commands/released';
import { notApplicable, rollbackUnavailable } from '../release/domain/release.errors';
import { releaseType, type DraftedRelease } from '../release/domain/release.state';
import { alone } from '../release/domain/release.decider';
import { needsTicket, restorable } from '../release/domain/rollback.decider';
import { restoresAnother } from './domain/intent.errors';

/** A rollback or a cancellation is proposed for what is true now; who has not confirmed by then asks again. */
const ACT_TTL_MS = 15 * 60 * 1000;

interface Asked {
  readonly act: IntentAct;
  readonly project: string;
  readonly releaseId: string;
}

/** Completes a proposal from the release itself: what a person confirms is what the log says, whoever proposed it. */
@Injectable()
export class Proposals {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: ResourceDirectory,
    private readonly basis: CurrentBasisReader,
  ) {}

  /** @throws SlipwayError `unknown_resource`, `forbidden`, `release_in_group`, `release_not_applicable`, `rollback_unavailable` */
  async complete(asked: Asked, caller: CallerContext, now: string): Promise<{ proposal: Proposal; environmentId: string }> {
    const release = await this.release(asked, caller);
    const proposal = asked.act === 'apply' ? ofApply(release) : await this.ofOther(asked, release, now);
    return { proposal, environmentId: release.subject.environment_id };
  }

  /** @throws SlipwayError `preview_mismatch` when a rollback would restore something else by now. */
  async requireStillTrue(id: string, project: string, proposal: Proposal, caller: CallerContext): Promise<void> {
    if (proposal.act !== 'roll_back') return;
    const release = await this.release({ act: 'roll_back', project, releaseId: proposal.release_id }, caller);
    if ('rollback' in release && release.rollback) return;
    const { current } = await this.basis.ofRollback(release);
    const to = restorable(release, current.slot);
    if (typeof to === 'string') throw rollbackUnavailable(release.releaseId, to);
    if (to.releaseId !== proposal.to_release_id) throw restoresAnother(id);
  }

  private async release({ act, project, releaseId }: Asked, caller: CallerContext): Promise<DraftedRelease> {
    const of = act === 'apply' || act === 'cancel' ? 'apply' : 'rollback';
    const ref = await this.directory.locate('release', { id: releaseId, project }, caller);
    const { state } = await this.runner.load(releaseType, ref);
    return alone(released(state, releaseId, caller.principal, of));
  }

  private async ofOther({ act, project }: Asked, release: DraftedRelease, now: string): Promise<Proposal> {
    const expires_at = new Date(Date.parse(now) + ACT_TTL_MS).toISOString();
    const { releaseId: release_id, previewRef: preview_ref } = release;
    if (act === 'cancel') {
      const title = `Cancel ${nameOf(release)}`;
      return { act, release_id, to_release_id: null, preview_ref, title, approval_required: false, warnings: [], expires_at };
    }
    const { current, warnings } = await this.basis.ofRollback(release);
    const to = restorable(release, current.slot);
    if (typeof to === 'string') throw rollbackUnavailable(release_id, to);
    const restored = await this.draftOf({ projectId: project, type: 'release', id: to.releaseId });
    return {
      act: 'roll_back',
      release_id,
      to_release_id: to.releaseId,
      preview_ref: restored,
      title: `Roll back ${nameOf(release)} to ${to.artifactVersion}`,
      // Only a person confirms, and is then who asks.
      approval_required: needsTicket(current.policy, 'human'),
      warnings,
      expires_at,
    };
  }

  private async draftOf(ref: AggregateRef): Promise<string> {
    const { state } = await this.runner.load(releaseType, ref);
    if (state.phase === 'none') throw new SlipwayError('internal', `The slot names release '${ref.id}', which the log does not have`);
    return state.previewRef;
  }
}

const nameOf = ({ subject }: DraftedRelease): string =>
  `${subject.service_name} ${subject.artifact_version} in ${subject.environment_name}/${subject.target_name}`;

/** @throws SlipwayError `release_not_applicable` for one that is no draft any more. */
function ofApply(release: DraftedRelease): Proposal {
  const { releaseId: release_id, previewRef: preview_ref, draft, phase, subject } = release;
  if (phase !== 'previewed') throw notApplicable(release_id, phase);
  const place = `${subject.environment_name}/${subject.target_name}`;
  return {
    act: 'apply',
    release_id,
    to_release_id: null,
    preview_ref,
    title: `Deploy ${subject.service_name} ${subject.artifact_version} to ${place}`,
    approval_required: draft.approval.required,
    warnings: draft.checks
      .filter(({ result }) => result !== 'pass')
      .slice(0, 50)
      .map(({ name, message }) => `${name}: ${message}`.slice(0, 500)),
    expires_at: draft.expires_at,
  };
}
