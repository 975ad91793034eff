import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  deriveId,
  digestOf,
  requirePermissionsAt,
  resolveStrategy,
  runtimePermission,
  SlipwayError,
  type PinnedVariables,
  type PreviewView,
  type ReleaseSubject,
} from '@slipway/contracts';
import { CommandRunner, type CommandContext } from '@slipway/event-sourcing';
import { verdictOf } from '@slipway/gates';
import { type CallerContext } from '@slipway/service-kit';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { requireDeveloper, type Changed } from '../../../release.access';
import { PlanReader, type StoredPlan } from '../../basis/plan.reader';
import { PreviewBasisReader, type PreviewBasis } from '../../basis/preview.basis';
import { PromotionReader } from '../../basis/promotion.reader';
import { SecretPins } from '../../basis/secret.pins';
import { draftOf } from '../../domain/draft/draft';
import type { PreviewRelease } from '../../domain/release.commands';
import { decide } from '../../domain/release.decider';
import { releaseType, type Release } from '../../domain/release.state';
import { PreviewReader, previewView } from '../../queries/get-preview/preview.reader';
import { PreviewReleaseCommand } from './preview-release.command';

type Request = PreviewReleaseCommand['request'];
interface Of {
  readonly releaseId: string;
  readonly groupId: string | undefined;
}

/**
 * Resolves, pins, plans, judges, and records the draft. Touches no target. The same command again answers the draft it
 * made then; a release's id derives from the command that previewed it.
 */
@CommandHandler(PreviewReleaseCommand)
export class PreviewReleaseHandler implements ICommandHandler<PreviewReleaseCommand> {
  private underWay = 0;

  constructor(
    private readonly runner: CommandRunner,
    private readonly basis: PreviewBasisReader,
    private readonly pins: SecretPins,
    private readonly plans: PlanReader,
    private readonly promotions: PromotionReader,
    private readonly previews: PreviewReader,
    private readonly directory: ResourceDirectory,
  ) {}

  async execute(command: PreviewReleaseCommand): Promise<Changed<PreviewView>> {
    requireDeveloper(command.caller.principal);
    this.underWay++;
    try {
      return await this.preview(command);
    } finally {
      this.underWay--;
    }
  }

  private async preview({ request, caller, groupId }: PreviewReleaseCommand): Promise<Changed<PreviewView>> {
    const context = caller.commandContext();
    const id = deriveId('release', request.project, context.commandId);
    const ref = { projectId: request.project, type: 'release', id } as const;
    let stored: StoredPlan | undefined;
    const { aggregate, position } = await this.runner.runNew(releaseType, ref, context, async (release) => {
      const drafted = await this.draft({ releaseId: id, groupId }, request, caller, context);
      stored = drafted.stored;
      return decide(drafted.command, release);
    });
    this.directory.remember(ref);
    return { view: await this.view(aggregate.state, stored), position };
  }

  private async draft({ releaseId, groupId }: Of, request: Request, caller: CallerContext, context: CommandContext) {
    const basis = await this.basis.read(request, caller, this.underWay);
    requirePermissionsAt(caller.principal, basis, runtimePermission(basis.target.runtimeType, 'apply'));
    const place = { project_id: basis.projectId, environment_id: basis.environmentId };
    const subject = {
      ...subjectOf(request, basis, await this.pins.pin(request.variables, place, caller)),
      ...(groupId ? { group_id: groupId } : {}),
    };
    const stored = await this.plan(subject, basis, caller);
    const { promotion } = basis.environment.policy;
    const ranIn = await this.promotions.ranIn(promotion, basis.projectId, subject.service_id, subject.artifact_digest);
    const { draft, previewRef } = draftOf(
      { ...inputOf(subject, basis, stored, caller, context.now), ranIn },
      {
        releaseId,
        manifestDigest: stored.manifestDigest,
        basis: {
          environment_version: basis.environmentVersion,
          target_version: basis.targetVersion,
          slot_position: basis.slot.position,
          variables_digest: digestOf(subject.variables),
        },
        now: context.now,
      },
    );
    const command: PreviewRelease = { type: 'PreviewRelease', subject, draft, previewRef, teamId: basis.teamId };
    return { command, stored };
  }

  private plan(subject: ReleaseSubject, basis: PreviewBasis, caller: CallerContext): Promise<StoredPlan> {
    const request = {
      subject,
      project_id: basis.projectId,
      artifact_manifest: basis.artifact.manifest,
      connection: basis.target.connection,
      credential: basis.target.credential,
      runtime_type: basis.target.runtimeType,
    };
    return this.plans.plan(request, [basis.targetVersion, basis.slotState.head.position], caller);
  }

  /** Of the draft made now; a repeated command reads its manifest back. */
  private async view(release: Release, stored: StoredPlan | undefined): Promise<PreviewView> {
    if (release.phase === 'none') throw new SlipwayError('internal', 'A preview left no release');
    if (stored?.manifestDigest !== release.draft.manifest_digest) return this.previews.view(release);
    return previewView(release, stored.plan.manifest);
  }
}

function subjectOf(request: Request, basis: PreviewBasis, variables: PinnedVariables): ReleaseSubject {
  return {
    service_id: basis.service.service_id,
    service_name: basis.service.name,
    artifact_id: basis.artifact.artifact_id,
    artifact_version: basis.artifact.version,
    artifact_digest: basis.artifact.digest,
    change_id: basis.artifact.change_id,
    environment_id: basis.environmentId,
    environment_name: basis.environment.name,
    environment_type: basis.environment.type,
    target_id: basis.targetId,
    target_name: basis.target.name,
    runtime_type: basis.target.runtimeType,
    slot_id: basis.slotId,
    strategy: resolveStrategy(request.strategy),
    variables,
    reason: request.reason ?? null,
  };
}

const inputOf = (subject: ReleaseSubject, basis: PreviewBasis, { plan }: StoredPlan, caller: CallerContext, now: string) => ({
  subject,
  plan,
  policy: basis.environment.policy,
  environmentType: basis.environment.type,
  artifact: { manifest: basis.artifact.manifest, sourceRevision: basis.artifact.source_revision, stored: basis.artifactStored },
  slot: { current: basis.slotState.state.deployments.at(-1) ?? null, hold: basis.slot.hold },
  busyWith: basis.history.busyWith,
  past: basis.history.past,
  actorType: caller.principal.actorType,
  gate: verdictOf(basis.gates, 'apply', now),
  now,
});
