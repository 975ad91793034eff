import {
  defaultPolicy,
  deriveId,
  digestOf,
  type Draft,
  type EnvironmentType,
  type NewReleaseEvent,
  type ReleaseEvent,
  type ReleaseSubject,
} from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import type { ApplyRelease, CurrentBasis, ReleaseCommand, RollbackRelease } from './release.commands';
import { decide } from './release.decider';
import { releaseType, type Release } from './release.state';

/** Builders with defaults for specs of the release; every part can be overridden. */
export const NOW = '2026-01-01T00:00:00.000Z';
export const LATER = '2026-01-01T00:40:00.000Z';
export const RELEASE_ID = deriveId('release', 'spec');
export const SLOT_ID = deriveId('slot', 'spec');
export const EXECUTION_ID = deriveId('execution', 'spec');
export const TICKET_ID = deriveId('approval', RELEASE_ID, 'apply', 'apply-command');
export const DIGEST = digestOf('content');

export const subject = (given: Partial<ReleaseSubject> = {}): ReleaseSubject => ({
  service_id: deriveId('service', 'spec'),
  service_name: 'hello',
  artifact_id: deriveId('artifact', 'spec'),
  artifact_version: '1.1.0',
  artifact_digest: DIGEST,
  change_id: null,
  environment_id: deriveId('environment', 'spec'),
  environment_name: 'prod',
  environment_type: 'production',
  target_id: deriveId('target', 'spec'),
  target_name: 'main',
  runtime_type: 'process',
  slot_id: SLOT_ID,
  strategy: { type: 'rolling', batch_size: 1 },
  variables: {},
  reason: null,
  ...given,
});

export const draft = (given: Partial<Draft> = {}): Draft => ({
  release_id: RELEASE_ID,
  manifest_digest: digestOf({}),
  actions: [],
  diff: [],
  diff_truncated: false,
  checks: [{ name: 'artifact-verified', result: 'pass', message: 'verified' }],
  risk: { level: 'medium', reasons: ['production'] },
  approval: { required: true, permission: 'deploy:release:approve', quorum: 1, four_eyes: true, ticket_ttl_s: 1800, rule: 'production' },
  basis: { environment_version: 1, target_version: 1, slot_position: 0, variables_digest: digestOf({}) },
  expires_at: '2026-01-01T00:15:00.000Z',
  ...given,
});

/** A draft of an environment that asks for no ticket. */
export const freeDraft = (given: Partial<Draft> = {}): Draft =>
  draft({ approval: { ...draft().approval, required: false, rule: 'development' }, ...given });

export const current = (given: Partial<CurrentBasis> & { type?: EnvironmentType } = {}): CurrentBasis => ({
  basis: draft().basis,
  policy: defaultPolicy(given.type ?? 'production'),
  policyVersion: 1,
  gates: [],
  ranIn: [],
  slot: { position: 0, current: null, previous: null, hold: null },
  busyWith: null,
  ...given,
});

const OLD = { releaseId: deriveId('release', 'old'), artifactVersion: '1.0.0' };
/** A slot in which an older release runs, and this one was never deployed. */
export const slotWithOld = { position: 0, current: OLD, previous: null, hold: null };
/** A slot in which the release of the spec runs, behind the older one. */
export const slotWithThis = { position: 9, current: { releaseId: RELEASE_ID, artifactVersion: '1.1.0' }, previous: OLD, hold: null };
export { OLD as OLD_RELEASE };

type Action = NewReleaseEvent['action'];
/** An event of the spec's release as the decider writes it. */
export function happened<A extends Action>(
  action: A,
  status: string,
  detail: Extract<NewReleaseEvent, { action: A }>['detail'],
  teamId = '_',
): NewReleaseEvent {
  const of = { environmentId: subject().environment_id, previewRef: digestOf(draft()) };
  const event = { action, status, detail, environmentId: of.environmentId, teamId, previewRef: of.previewRef };
  return event as unknown as NewReleaseEvent;
}

/** Of production, in words. */
export const RULE = 'The policy of prod asks for one approval with deploy:release:approve, never by who asked, before an apply.';

const execution = { execution_id: EXECUTION_ID };
export const approvalRequestOf = (ticketId = TICKET_ID, act: 'apply' | 'rollback' = 'apply') => ({
  ticket_id: ticketId,
  act,
  required_permission: 'deploy:release:approve' as const,
  required_role: null,
  approvers: [],
  quorum: 1,
  four_eyes: true,
  expires_at: '2026-01-01T00:30:00.000Z',
  sla_s: 1800,
  reminder_before_s: 600,
  escalate_to_role: null,
  rule: RULE,
  policy_version: 1,
  risk_reasons: ['production'],
  priority: 'P1' as const,
  risk: 'medium' as const,
  title: 'Apply hello 1.1.0 to prod/main',
  summary: '0 actions, 0 differences, rolling. Risk medium because production.',
});

/** The usual history, event by event. */
export const history = {
  previewed: (of: Draft = draft()) => happened('release.previewed', 'previewed', { subject: subject(), draft: of }),
  pending: () =>
    happened('release.pending_approval', 'pending_approval', {
      approval: approvalRequestOf(),
      slot_id: SLOT_ID,
      apply_requested_by: 'developer',
    }),
  approved: () =>
    happened('release.approved', 'approved', {
      automatic: false,
      ticket_id: TICKET_ID,
      approved_by: ['approver'],
      rule: RULE,
      slot_id: SLOT_ID,
    }),
  applying: () => happened('release.applying', 'applying', { ...execution, slot_id: SLOT_ID }),
  paused: () => happened('release.paused', 'applying', { ...execution, why: 'too few requests' }),
  verifying: () => happened('release.verifying', 'verifying', execution),
  applied: () =>
    happened('release.applied', 'applied', {
      ...execution,
      slot_id: SLOT_ID,
      observed_digest: DIGEST,
      url: 'http://127.0.0.1:1',
      changed: true,
    }),
  failed: (outcome: 'failed' | 'errored' | 'inconclusive' | 'aborted' = 'failed') =>
    happened('release.failed', 'failed', {
      ...execution,
      slot_id: SLOT_ID,
      outcome,
      diagnostics: { summary: 'health check failed', step: 'verify', outcome, payload: {} },
    }),
  rollbackRequested: (ticketId: string | null = null) =>
    happened('release.rollback_requested', 'applied', {
      automatic: false,
      reason: 'bad prices',
      requested_by: 'developer',
      to_release_id: OLD.releaseId,
      to_artifact_version: OLD.artifactVersion,
      slot_id: SLOT_ID,
      approval: ticketId ? approvalRequestOf(ticketId, 'rollback') : null,
      failed_execution_id: null,
      time_bound_s: 300,
      warnings: [],
    }),
  rollingBack: () =>
    happened('release.rolling_back', 'rolling_back', {
      ...execution,
      to_release_id: OLD.releaseId,
      to_artifact_version: OLD.artifactVersion,
    }),
  rolledBack: () =>
    happened('release.rollback_completed', 'rolled_back', {
      ...execution,
      to_release_id: OLD.releaseId,
      to_artifact_version: OLD.artifactVersion,
      observed_digest: DIGEST,
      duration_ms: 1200,
      within_time_bound: true,
      held: true,
    }),
};

/** Given events of the spec's release, when a command, then events. */
export const given = (...events: NewReleaseEvent[]) => {
  const spec = new DeciderSpec<Release, ReleaseEvent, NewReleaseEvent>(releaseType, {
    projectId: 'demo',
    type: 'release',
    id: RELEASE_ID,
  }).given(...events);
  return { when: (command: ReleaseCommand) => spec.when((release) => decide(command, release)), fold: () => spec.fold().state };
};
export const REF = digestOf(draft());
const asked = { now: NOW, actorId: 'developer', commandId: 'apply-command' };
export const apply = (over: Partial<ApplyRelease> = {}): ApplyRelease => ({
  type: 'ApplyRelease',
  actorType: 'human',
  ...asked,
  previewRef: REF,
  current: current(),
  ...over,
});
export const rollback = (over: Partial<RollbackRelease> = {}): RollbackRelease => ({
  type: 'RollbackRelease',
  actorType: 'human',
  ...asked,
  commandId: 'rollback-command',
  reason: 'bad prices',
  warnings: [],
  current: current({ type: 'development', slot: slotWithThis }),
  ...over,
});
