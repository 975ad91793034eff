import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { digestOf, NONE, resolveStrategy, type PlanRelease as PlanReleaseRequest, type ReleasePlan } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import { requireApplier, requireIn } from '../../runtime-executor.access';
import { runtimeFor, RUNTIMES, type Runtimes } from '../../runtime/runtimes';
import { SlotObserver } from '../../runtime/slot-observer';
import { TargetAccesses } from '../../runtime/target-accesses';
import { ArtifactFiles } from '../artifact-files';

export class PlanRelease extends Query<ReleasePlan> {
  constructor(
    readonly request: PlanReleaseRequest,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** What a release would do, for its preview: renders, observes, compares; changes nothing. */
@QueryHandler(PlanRelease)
export class PlanReleaseHandler implements IQueryHandler<PlanRelease> {
  constructor(
    private readonly observer: SlotObserver,
    private readonly accesses: TargetAccesses,
    private readonly files: ArtifactFiles,
    @Inject(RUNTIMES) private readonly runtimes: Runtimes,
  ) {}

  async execute({ request, caller }: PlanRelease): Promise<ReleasePlan> {
    const { subject, project_id: projectId, connection, credential } = request;
    const place = { projectId, environmentId: subject.environment_id };
    requireIn(caller.principal, place, 'environment', subject.environment_id);
    requireApplier(caller.principal, place, request.runtime_type);
    const runtime = runtimeFor(this.runtimes, request.runtime_type);
    const strategy = resolveStrategy(subject.strategy);
    const manifest = runtime.render({
      projectId,
      serviceId: subject.service_id,
      serviceName: subject.service_name,
      slotId: subject.slot_id,
      // A manifest does not depend on the release: the same content has the same digest.
      releaseId: NONE,
      artifactDigest: subject.artifact_digest,
      artifactVersion: subject.artifact_version,
      artifactManifest: request.artifact_manifest,
      files: await this.files.of(subject.artifact_digest, request.artifact_manifest),
      connection,
      variables: subject.variables,
      strategy,
    });
    const access = this.accesses.of({ projectId, targetId: subject.target_id }, { connection, credential, prometheusCredential: null });
    const plan = await runtime.plan({
      access,
      slotId: subject.slot_id,
      manifest,
      manifestDigest: digestOf(manifest),
      artifactDigest: subject.artifact_digest,
      strategy,
      observation: await this.observer.observe(runtime, access, subject.slot_id),
    });
    return {
      manifest: { ...manifest },
      actions: [...plan.actions],
      diff: [...plan.diff],
      diff_truncated: plan.diffTruncated,
      checks: [...plan.checks],
      risk_reasons: [...plan.riskReasons],
    };
  }
}
