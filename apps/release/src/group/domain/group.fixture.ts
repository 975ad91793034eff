import { deriveId, type GroupDraft, type GroupEvent, type GroupSubject, type NewGroupEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import type { Draft, Outcome } from '@slipway/contracts';
import { draft, EXECUTION_ID, OLD_RELEASE, RULE, subject } from '../../release/domain/release.fixture';
import type { SlotReading } from '../../release/domain/release.commands';
import type { DraftedRelease, Phase, RollbackRequest } from '../../release/domain/release.state';
import type { ReleaseFacts } from '../../release/domain/release.facts';
import { groupDraft } from './group.draft';
import { groupType, type Group } from './group.state';
import type { Member } from './group.step';
import type { PreviewView } from '@slipway/contracts';

/** Builders for specs of release groups: a shop's backend and its storefront, in this order. */
export const GROUP_ID = deriveId('group', 'spec');
export const SERVICES = ['backend', 'storefront'] as const;
export const releaseIdOf = (service: string): string => deriveId('release', service);
export const TICKET = deriveId('approval', GROUP_ID, 'apply', 'apply-command');

/** What the preview of a member answers, as far as a group reads it. */
export function previewOf(service: string, given: Partial<Draft> = {}): PreviewView {
  const release = subject({ service_name: service, service_id: deriveId('service', service), slot_id: deriveId('slot', service) });
  const view = { ...release, release_id: releaseIdOf(service), preview_ref: draftRef(service), preview: draft(given), manifest: {} };
  return view as unknown as PreviewView;
}
const draftRef = (service: string): string => `sha256:${service.charCodeAt(0).toString(16).padStart(64, '0')}`;

export const groupSubject: GroupSubject = {
  environment_id: subject().environment_id,
  environment_name: 'prod',
  environment_type: 'production',
  reason: 'spring sale',
};
export const drafted = (given: Partial<Draft> = {}): { draft: GroupDraft; previewRef: string } =>
  groupDraft(
    GROUP_ID,
    SERVICES.map((service) => previewOf(service, given)),
  );
export const GROUP_REF = drafted().previewRef;

type Action = NewGroupEvent['action'];
export function happened<A extends Action>(
  action: A,
  status: string,
  detail: Extract<NewGroupEvent, { action: A }>['detail'],
): NewGroupEvent {
  const event = { action, status, detail, environmentId: groupSubject.environment_id, teamId: '_', previewRef: GROUP_REF };
  return event as unknown as NewGroupEvent;
}
const ids = SERVICES.map(releaseIdOf);
export const diagnostics = (summary: string, outcome: Exclude<Outcome, 'succeeded'>, payload: object = {}) => ({
  summary,
  step: null,
  outcome,
  payload: { ...payload },
});

/** The usual history, event by event. */
export const history = {
  previewed: () => happened('group.previewed', 'previewed', { subject: groupSubject, draft: drafted().draft }),
  approved: () =>
    happened('group.approved', 'approved', {
      automatic: false,
      ticket_id: TICKET,
      approved_by: ['approver'],
      rule: RULE,
      apply_requested_by: 'developer',
      requested_by_type: 'human',
    }),
  applying: () => happened('group.applying', 'applying', { release_ids: ids }),
  cancelRequested: () => happened('group.cancel_requested', 'applying', { reason: null }),
  applied: () => happened('group.applied', 'applied', { release_ids: ids }),
  failed: (summary = 'storefront 1.1.0: health check failed') =>
    happened('group.failed', 'failed', {
      release_id: ids[1]!,
      outcome: 'failed',
      diagnostics: diagnostics(summary, 'failed', { release_id: ids[1] }),
    }),
  rollingBack: (automatic = true) =>
    happened('group.rolling_back', 'rolling_back', {
      automatic,
      reason: 'storefront 1.1.0: health check failed',
      requested_by: automatic ? 'service:release' : 'developer',
      ticket_id: null,
      approved_by: [],
      release_ids: [...ids].reverse(),
    }),
};

export const spec = (...events: NewGroupEvent[]) =>
  new DeciderSpec<Group, GroupEvent, NewGroupEvent>(groupType, { projectId: 'demo', type: 'group', id: GROUP_ID }).given(...events);
export const folded = (...events: NewGroupEvent[]) => spec(...events).fold().state!;

interface MemberGiven {
  readonly outcome?: Exclude<Outcome, 'succeeded'>;
  readonly executionId?: string | null;
  readonly rollback?: RollbackRequest | null;
  readonly rollbackRequestedAt?: string;
  readonly slot?: Partial<SlotReading>;
}
const RAN: readonly Phase[] = ['applying', 'verifying', 'applied', 'failed', 'rolling_back'];
/** A member in a phase; its slot ran an older release before, unless said otherwise. */
export function member(service: (typeof SERVICES)[number], phase: Phase, given: MemberGiven = {}): Member {
  const releaseId = releaseIdOf(service);
  const facts = { diagnostics_json: diagnostics('health check failed', 'failed'), rollback_requested_at: given.rollbackRequestedAt ?? '' };
  const { outcome = 'failed', executionId = EXECUTION_ID, rollback = null } = given;
  const release = {
    phase,
    releaseId,
    subject: subject({ service_name: service }),
    draft: draft(),
    facts: facts as unknown as ReleaseFacts,
    outcome,
    rollback,
    ...(RAN.includes(phase) ? { executionId } : {}),
  } as unknown as DraftedRelease;
  const runs = phase === 'applied';
  const current = runs ? { releaseId, artifactVersion: '1.1.0' } : OLD_RELEASE;
  return { release, slot: { position: 0, current, previous: runs ? OLD_RELEASE : null, hold: null, ...given.slot } };
}
export const requestedRollback: RollbackRequest = {
  status: 'requested',
  ticketId: null,
  automatic: true,
  toReleaseId: OLD_RELEASE.releaseId,
  toArtifactVersion: OLD_RELEASE.artifactVersion,
  requestedAt: '2026-01-01T00:00:00.000Z',
  timeBoundS: 300,
  asked: null,
};
