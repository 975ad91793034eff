import type { DeploymentRecord, EventOf, ReleaseEvent } from '@slipway/contracts';

type Stage = DeploymentRecord['stages'][number];

/** The record of a release so far; `requestedAt` is the position at which someone asked for it to run. */
export interface Deployment {
  readonly record: DeploymentRecord;
  readonly requestedAt: number | null;
}

/** Stages of the pipeline (spec 003, section 4) that come before a preview, from what the release names. */
export interface Origin {
  readonly changeRecordedAt: string | undefined;
  readonly artifactRegisteredAt: string | undefined;
}

/** Begins with the preview: what, where to, from which artifact, for which change, why. */
export function beginDeployment(event: EventOf<'release.previewed'>, origin: Origin): Deployment {
  const { subject } = event.detail;
  return {
    requestedAt: null,
    record: {
      release_id: event.resource_id,
      project_id: event.project_id,
      service_id: subject.service_id,
      service_name: subject.service_name,
      environment_id: subject.environment_id,
      environment_name: subject.environment_name,
      target_id: subject.target_id,
      target_name: subject.target_name,
      slot_id: subject.slot_id,
      change_id: subject.change_id,
      artifact_id: subject.artifact_id,
      artifact_version: subject.artifact_version,
      artifact_digest: subject.artifact_digest,
      preview_ref: event.preview_ref ?? event.detail.draft.manifest_digest,
      reason: subject.reason,
      requested_by: event.actor_id,
      requested_by_type: event.actor_type,
      approved_by: [],
      approval_ticket: null,
      result: event.status,
      outcome: null,
      ...(subject.group_id === undefined ? {} : { group_id: subject.group_id }),
      rolled_back_to: null,
      stages: [
        ...stageAt('change_intake', origin.changeRecordedAt),
        ...stageAt('build', origin.artifactRegisteredAt),
        { stage: 'verification', at: event.occurred_at },
      ],
      waiting_ms: null,
      deploying_ms: null,
    },
  };
}

const stageAt = (stage: string, at: string | undefined): Stage[] => (at === undefined ? [] : [{ stage, at }]);

/** Takes in the release's next event. Waiting for people and deploying are measured apart. */
export function evolveDeployment(deployment: Deployment, position: number, event: ReleaseEvent): Deployment {
  const noted = note({ ...deployment.record, result: event.status }, event);
  const requestedAt = deployment.requestedAt ?? (REQUESTS.has(event.action) ? position : null);
  return { requestedAt, record: measured(noted) };
}

const REQUESTS = new Set<string>(['release.pending_approval', 'release.awaiting_group', 'release.approved']);

/** The stage that an event begins or ends. */
const STAGES: Readonly<Partial<Record<ReleaseEvent['action'], string>>> = {
  'release.pending_approval': 'approval_requested',
  'release.awaiting_group': 'group_requested',
  'release.approved': 'release',
  'release.rejected': 'rejected',
  'release.expired': 'expired',
  'release.superseded': 'superseded',
  'release.cancelled': 'cancelled',
  'release.applying': 'deploy',
  'release.paused': 'paused',
  'release.resumed': 'resumed',
  'release.verifying': 'post_deploy_verification',
  'release.applied': 'completion',
  'release.failed': 'failed',
  'release.rollback_requested': 'rollback_requested',
  'release.rollback_approved': 'rollback_approved',
  'release.rollback_rejected': 'rollback_rejected',
  'release.rolling_back': 'rollback',
  'release.rollback_completed': 'rollback_completed',
  'release.rollback_failed': 'rollback_failed',
};

function note(record: DeploymentRecord, event: ReleaseEvent): DeploymentRecord {
  const stage = STAGES[event.action];
  const staged = stage === undefined ? record : { ...record, stages: [...record.stages, { stage, at: event.occurred_at }] };
  switch (event.action) {
    case 'release.pending_approval':
      return {
        ...staged,
        requested_by: event.detail.apply_requested_by,
        requested_by_type: event.actor_type,
        approval_ticket: event.detail.approval.ticket_id,
      };
    case 'release.awaiting_group':
      return {
        ...staged,
        requested_by: event.detail.apply_requested_by,
        requested_by_type: event.detail.requested_by_type,
        approval_ticket: event.detail.ticket_id,
      };
    case 'release.approved': {
      const { automatic, ticket_id: ticket, approved_by: approvers } = event.detail;
      const requester = automatic ? { requested_by: event.actor_id, requested_by_type: event.actor_type } : {};
      return { ...staged, ...requester, approved_by: [...approvers], approval_ticket: ticket ?? staged.approval_ticket };
    }
    case 'release.applied':
      return { ...staged, outcome: 'succeeded' };
    case 'release.failed':
      return { ...staged, outcome: event.detail.outcome };
    case 'release.rollback_completed':
      return { ...staged, rolled_back_to: event.detail.to_release_id };
    default:
      return staged;
  }
}

const DECIDED = ['release', 'rejected', 'expired', 'superseded', 'cancelled'];
const ENDED = ['completion', 'failed'];

function measured(record: DeploymentRecord): DeploymentRecord {
  const at = (...stages: readonly string[]): number | undefined => {
    const found = record.stages.find(({ stage }) => stages.includes(stage));
    return found && Date.parse(found.at);
  };
  const between = (from: number | undefined, to: number | undefined): number | null =>
    from === undefined || to === undefined ? null : Math.max(0, to - from);
  return {
    ...record,
    waiting_ms: between(at('approval_requested', 'group_requested'), at(...DECIDED)),
    deploying_ms: between(at('deploy'), at(...ENDED)),
  };
}
