import { Injectable } from '@nestjs/common';
import { digestOf, type PinnedVariables } from '@slipway/contracts';
import { gateType, readGates } from '@slipway/gates';
import { type CallerContext } from '@slipway/service-kit';
import { present } from '../../release.access';
import type { CurrentBasis } from '../domain/release.commands';
import { rollbackWarnings } from '../domain/draft/rollback.warnings';
import { releaseType, type DraftedRelease } from '../domain/release.state';
import { restorable } from '../domain/rollback.decider';
import { BasisReader } from './basis.reader';
import { environmentBasis } from './environment.basis';
import { PromotionReader } from './promotion.reader';
import { SecretPins } from './secret.pins';
import { SlotHistoryReader } from './slot.history';
import { targetBasis } from './target.basis';

/** What a release's draft was made from, as it is now. */
@Injectable()
export class CurrentBasisReader {
  constructor(
    private readonly basis: BasisReader,
    private readonly history: SlotHistoryReader,
    private readonly pins: SecretPins,
    private readonly promotions: PromotionReader,
  ) {}

  /** With the secrets' versions of now, and with where its content has run by now: for an apply. */
  async ofApply(release: DraftedRelease, caller: CallerContext): Promise<CurrentBasis> {
    const { subject, facts } = release;
    const place = { project_id: facts.project_id, environment_id: subject.environment_id };
    const [current, variables] = await Promise.all([this.read(release), this.pins.repin(subject.variables, place, caller)]);
    const { promotion } = current.policy;
    const ranIn = await this.promotions.ranIn(promotion, facts.project_id, subject.service_id, subject.artifact_digest);
    return { ...current, ranIn, basis: { ...current.basis, variables_digest: digestOf(variables) } };
  }

  /** A rollback runs what was stored, with the secrets it was stored with: its variables do not move. */
  async ofRollback(release: DraftedRelease): Promise<{ current: CurrentBasis; warnings: string[] }> {
    const current = await this.read(release);
    const to = restorable(release, current.slot);
    const restored =
      typeof to === 'string' ? null : { artifactVersion: to.artifactVersion, variables: await this.variablesOf(release, to.releaseId) };
    const takenBack = { artifactVersion: release.subject.artifact_version, draft: release.draft, variables: release.subject.variables };
    return { current, warnings: rollbackWarnings(takenBack, restored) };
  }

  private async read({ subject, facts, draft, releaseId }: DraftedRelease): Promise<CurrentBasis> {
    const projectId = facts.project_id;
    const [environment, target, slot, history, gates] = await Promise.all([
      this.basis.load(environmentBasis, { projectId, type: 'environment', id: subject.environment_id }),
      this.basis.load(targetBasis, { projectId, type: 'target', id: subject.target_id }),
      this.basis.slot(projectId, subject.slot_id),
      this.history.read(projectId, subject.slot_id),
      readGates((ref) => this.basis.load(gateType, ref), projectId, subject.environment_id),
    ]);
    const { policy, policyVersion } = present(environment.state, 'environment', subject.environment_name);
    return {
      basis: {
        environment_version: environment.state?.version ?? environment.head.version,
        target_version: target.state?.version ?? target.head.version,
        slot_position: slot.reading.position,
        variables_digest: draft.basis.variables_digest,
      },
      policy,
      policyVersion,
      gates,
      ranIn: [],
      slot: slot.reading,
      busyWith: history.busyWith === releaseId ? null : history.busyWith,
    };
  }

  private async variablesOf(release: DraftedRelease, releaseId: string): Promise<PinnedVariables> {
    const { state } = await this.basis.load(releaseType, { projectId: release.facts.project_id, type: 'release', id: releaseId });
    return state.phase === 'none' ? {} : state.subject.variables;
  }
}
