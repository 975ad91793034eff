import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  canonicalStatus,
  environmentId,
  mergePolicy,
  policyChanges,
  requireEnvironment,
  requirePermissions,
  requireProject,
  resolveRef,
  SlipwayError,
  type EnvironmentPolicy,
  type PolicyPreview,
  type RpcRequest,
} from '@slipway/contracts';
import { ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { present } from '../../../release.access';
import { BasisReader } from '../../basis/basis.reader';
import { environmentBasis } from '../../basis/environment.basis';
import { PERMISSION } from '../../commands/released';
import { approvalNeed } from '../../domain/draft/approval.need';
import { releaseType, type DraftedRelease } from '../../domain/release.state';

type Request = RpcRequest<'release', 'preview-policy'>;

export class PreviewPolicyQuery extends Query<PolicyPreview> {
  constructor(
    readonly request: Request,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

const OPEN = `SELECT release_id FROM release WHERE environment_id = $1 AND status IN ('previewed', 'pending_approval', 'approved')
  ORDER BY position DESC LIMIT 100`;

/** What a change of policy would change for the releases that are open now. Changes nothing. */
@QueryHandler(PreviewPolicyQuery)
export class PreviewPolicyHandler implements IQueryHandler<PreviewPolicyQuery> {
  constructor(
    private readonly basis: BasisReader,
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ request, caller }: PreviewPolicyQuery): Promise<PolicyPreview> {
    requirePermissions(caller.principal, PERMISSION.read);
    const { projectId, id } = placeOf(request, caller);
    const { state } = await this.basis.load(environmentBasis, { projectId, type: 'environment', id });
    const environment = present(state, 'environment', request.id);
    const policy = mergePolicy(environment.policy, request.policy);
    await this.readModels.waitFor('release-list', caller.minPosition);
    const changes = policyChanges(environment.policy, policy);
    return {
      environment_id: id,
      policy_version: environment.policyVersion,
      policy,
      changes,
      needs_approval: changes.length > 0 && environment.policy.approval_for.includes('policy_change'),
      releases: (await this.open(projectId, id)).map((release) => effectOn(release, environment.policy, policy)),
    };
  }

  private async open(projectId: string, environment: string): Promise<DraftedRelease[]> {
    const rows = await this.source.query<{ release_id: string }[]>(OPEN, [environment]);
    const loaded = await Promise.all(rows.map(({ release_id: id }) => this.basis.load(releaseType, { projectId, type: 'release', id })));
    return loaded.flatMap(({ state }) => (state.phase === 'none' ? [] : [state]));
  }
}

function placeOf({ id, project }: Request, { principal }: CallerContext): { projectId: string; id: string } {
  const [only] = principal.projects;
  const projectId = project ?? (principal.projects.length === 1 && only !== '*' ? only : undefined);
  if (projectId === undefined) throw new SlipwayError('invalid_reference', `Say in which project '${id}' is.`, { ref: id });
  requireProject(principal, projectId, 'environment', id);
  const resolved = resolveRef(id, (name) => environmentId(projectId, name));
  requireEnvironment(principal, resolved, 'environment', id);
  return { projectId, id: resolved };
}

/** Its preview no longer holds once the policy changes; `then` is what the same preview, made anew, would need. */
function effectOn(release: DraftedRelease, now: EnvironmentPolicy, then: EnvironmentPolicy): PolicyPreview['releases'][number] {
  const { draft, subject, facts } = release;
  const need = (policy: EnvironmentPolicy) =>
    approvalNeed({ policy, subject, actorType: facts.requested_by_type, plan: draft }, draft.risk, draft.checks);
  return {
    release_id: release.releaseId,
    service_name: subject.service_name,
    artifact_version: subject.artifact_version,
    status: canonicalStatus(facts.status),
    strategy_allowed: then.allowed_strategies.includes(subject.strategy.type),
    now: need(now),
    then: need(then),
  };
}
