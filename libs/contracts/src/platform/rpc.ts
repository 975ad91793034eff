import { Type, type Static } from 'typebox';
import type { ApplyRelease, ListReleases, PreviewRelease, PreviewView, ReleaseView, RollbackRelease } from '../release/release.dto';
import type { ArtifactManifest } from '../artifact/artifact-manifest';
import type { ArtifactView, RegisterArtifact } from '../artifact/artifact.dto';
import type { AuditEvent, DeploymentRecord, ListAuditEvents, ListDeployments, TimelineView } from '../audit/audit.dto';
import type { ChangeView, RecordChange } from '../change/change.events';
import type {
  CreateEnvironment,
  ChangeEnvironmentPolicy,
  EnvironmentLockView,
  EnvironmentView,
  UpdateEnvironment,
} from '../environment/environment.dto';
import type { ApplyGroup, GroupPreviewView, GroupTimelineView, GroupView, ListGroups, PreviewGroup } from '../group/group.dto';
import type { GateOf, GateView, ResumeLine, SetWindow, StopLine } from '../gate/gate.dto';
import type { ConfirmIntent, IntentView, ListIntents, RecordIntent } from '../intent/intent.dto';
import type { ComparePolicyVersions, PolicyComparison, PolicyPreview, PolicyVersion, PreviewPolicy } from '../environment/policy.dto';
import type { ListSlots, SlotStatusView, SlotView } from '../slot/slot.events';
import type { SlotDiagnosisView, SlotLogQuery, SlotLogsView } from '../slot/slot-look.dto';
import type { CreateProject, ProjectView, UpdateProject } from '../project/project.dto';
import type { CreateService, ServiceView, UpdateService } from '../service/service.dto';
import type { ConnectionReportView, CreateTarget, KubeconfigInput, RotateCredential, TargetView, UpdateTarget } from '../target/target.dto';
import type {
  AssignTicket,
  CommentTicket,
  CountTickets,
  DelegateTicket,
  ListTickets,
  TicketCounts,
  TicketDetail,
  TicketEntry,
  TicketView,
} from '../approval/approval.dto';
import type { PutSecret, SecretView } from '../secret/secret.dto';
import type { AccessVerbs } from '../access/access.rpc';
import type { NotificationVerbs } from '../notification/notification.rpc';
import type { Check, DiffEntry, PlannedAction, SecretPin } from '../release/draft';
import type { ReleaseSubject } from '../release/release.events';
import type { CredentialPin, PrometheusCredential, TargetCredential } from '../target/target-credential';
import type { TargetConnection } from '../target/target-connection';
import type { WireError } from './errors';
import type { RuntimeType } from './lifecycle';
import { Closed, Nullable, Text } from './envelope';
import { TimestampSchema } from './names';

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
export interface PageQuery {
  project?: string;
  limit?: number;
  cursor?: string;
}
/** `project` narrows by-name lookups; without it the reference must be an id. */
export interface ById {
  id: string;
  project?: string;
}

/** What the executor is asked for a preview: nothing is touched. `manifest` is the exact document that will run. */
export interface PlanRelease {
  subject: ReleaseSubject;
  project_id: string;
  artifact_manifest: ArtifactManifest;
  connection: TargetConnection;
  credential: CredentialPin | null;
  runtime_type: RuntimeType;
}
/**
 * A target on its way in: its credentials are sealed, its connection tried. A `..._pin` is what opens it already, where the request
 * brings no credential of its own.
 */
export interface AdmitTarget {
  project_id: string;
  environment_id: string;
  target_id: string;
  runtime_type: RuntimeType;
  connection?: TargetConnection;
  kubeconfig?: KubeconfigInput;
  credential?: TargetCredential;
  credential_pin?: CredentialPin;
  prometheus_credential?: PrometheusCredential;
  prometheus_credential_pin?: CredentialPin;
  trust_on_first_use?: boolean;
}
export interface AdmittedTarget {
  connection: TargetConnection;
  credential: CredentialPin | null;
  prometheus_credential: CredentialPin | null;
  report: ConnectionReportView;
}
/** What runs at a target by the log, and which releases are being carried out there. */
export interface TargetUse {
  running: { service_name: string; artifact_version: string; release_id: string }[];
  executed: { release_id: string; act: 'apply' | 'rollback' }[];
}
export interface ReleasePlan {
  manifest: Record<string, unknown>;
  actions: PlannedAction[];
  diff: DiffEntry[];
  diff_truncated: boolean;
  checks: Check[];
  /** Reasons that the runtime adds to the risk, in words. */
  risk_reasons: string[];
}

/** A read model, a reaction, or a timer, which follows rows and is never behind the log: its lag is 0. */
export const ProjectionStatusSchema = Closed({
  service: Text(60),
  name: Text(80),
  kind: Type.Enum(['projection', 'reaction', 'timer']),
  position: Type.Integer(),
  head: Type.Integer(),
  lag: Type.Integer(),
  state: Type.Enum(['live', 'catching-up', 'rebuilding', 'standby', 'stopped']),
  updated_at: Nullable(TimestampSchema),
  error: Nullable(Text(1000)),
  /** The event that a reaction cannot get over. */
  blocked_position: Nullable(Type.Integer()),
});
export type ProjectionStatus = Static<typeof ProjectionStatusSchema>;

export const SkipBlockingEventSchema = Closed({
  /** As `blocked_position` says. */
  position: Type.Integer({ minimum: 1 }),
  reason: Type.Optional(Text(1000)),
});
export type SkipBlockingEvent = Static<typeof SkipBlockingEventSchema>;

/** Verbs by service: subject `rpc.<service>.<verb>`; [request, response]. Commands answer with the view after the command. */
export interface RpcContract {
  provisioning: AccessVerbs & {
    'create-project': [CreateProject, ProjectView];
    'update-project': [ById & UpdateProject, ProjectView];
    'list-projects': [PageQuery, Page<ProjectView>];
    'get-project': [ById, ProjectView];
    'create-environment': [CreateEnvironment, EnvironmentView];
    'update-environment': [ById & UpdateEnvironment, EnvironmentView];
    'change-environment-policy': [ById & ChangeEnvironmentPolicy, EnvironmentView];
    'delete-environment': [ById & { reason?: string }, EnvironmentView];
    'list-environments': [PageQuery, Page<EnvironmentView>];
    'get-environment': [ById, EnvironmentView];
    'list-policy-versions': [ById & PageQuery, Page<PolicyVersion>];
    'compare-policy-versions': [ById & ComparePolicyVersions, PolicyComparison];
    'get-gate': [GateOf, GateView];
    'set-freeze-window': [GateOf & SetWindow, GateView];
    'remove-freeze-window': [GateOf & { name: string; reason?: string }, GateView];
    'stop-line': [GateOf & StopLine, GateView];
    'resume-line': [GateOf & ResumeLine, GateView];
    'create-target': [CreateTarget, TargetView];
    'update-target': [ById & UpdateTarget, TargetView];
    'delete-target': [ById & { reason?: string; force?: boolean }, TargetView];
    'rotate-credential': [ById & RotateCredential, TargetView];
    'get-target-report': [ById, ConnectionReportView];
    'list-targets': [PageQuery & { environment?: string; runtime_type?: RuntimeType }, Page<TargetView>];
    'get-target': [ById, TargetView];
    'list-projections': [Record<string, never>, { items: ProjectionStatus[] }];
    'rebuild-projection': [{ name: string }, ProjectionStatus];
    'skip-blocking-event': [{ name: string } & SkipBlockingEvent, ProjectionStatus];
  };
  release: {
    'create-service': [CreateService, ServiceView];
    'update-service': [ById & UpdateService, ServiceView];
    'delete-service': [ById & { reason?: string }, ServiceView];
    'list-services': [PageQuery, Page<ServiceView>];
    'get-service': [ById, ServiceView];
    'record-change': [RecordChange, ChangeView];
    'list-changes': [PageQuery, Page<ChangeView>];
    'get-change': [ById, ChangeView];
    /** `upload` names the object in the BLOBS bucket that the gateway streamed the tarball into. */
    'register-artifact': [RegisterArtifact & { upload: string }, ArtifactView];
    'list-artifacts': [PageQuery & { service?: string }, Page<ArtifactView>];
    'get-artifact': [ById, ArtifactView];
    'preview-release': [PreviewRelease, PreviewView];
    'apply-release': [ById & ApplyRelease, ReleaseView];
    'rollback-release': [ById & RollbackRelease, ReleaseView];
    'cancel-release': [ById & { reason?: string }, ReleaseView];
    'resume-release': [ById & { reason?: string }, ReleaseView];
    'list-releases': [ListReleases, Page<ReleaseView>];
    'get-release': [ById, ReleaseView];
    'get-preview': [ById, PreviewView];
    'preview-group': [PreviewGroup, GroupPreviewView];
    'apply-group': [ById & ApplyGroup, GroupView];
    'rollback-group': [ById & { reason?: string }, GroupView];
    'cancel-group': [ById & { reason?: string }, GroupView];
    'list-groups': [ListGroups, Page<GroupView>];
    'get-group': [ById, GroupView];
    'get-group-preview': [ById, GroupPreviewView];
    'record-intent': [RecordIntent, IntentView];
    'confirm-intent': [ById & ConfirmIntent, IntentView];
    'cancel-intent': [ById & { reason?: string }, IntentView];
    'get-intent': [ById, IntentView];
    'list-intents': [ListIntents, Page<IntentView>];
    'preview-policy': [ById & PreviewPolicy, PolicyPreview];
    'list-projections': [Record<string, never>, { items: ProjectionStatus[] }];
    'rebuild-projection': [{ name: string }, ProjectionStatus];
    'skip-blocking-event': [{ name: string } & SkipBlockingEvent, ProjectionStatus];
  };
  'approval-inbox': {
    'list-tickets': [ListTickets, Page<TicketEntry>];
    'count-tickets': [CountTickets, TicketCounts];
    'get-ticket': [ById, TicketDetail];
    'approve-ticket': [ById & { comment?: string }, TicketView];
    'reject-ticket': [ById & { comment?: string }, TicketView];
    'assign-ticket': [ById & AssignTicket, TicketView];
    'delegate-ticket': [ById & DelegateTicket, TicketView];
    'comment-ticket': [ById & CommentTicket, TicketView];
    'list-projections': [Record<string, never>, { items: ProjectionStatus[] }];
    'rebuild-projection': [{ name: string }, ProjectionStatus];
    'skip-blocking-event': [{ name: string } & SkipBlockingEvent, ProjectionStatus];
  };
  'runtime-executor': {
    'plan-release': [PlanRelease, ReleasePlan];
    'admit-target': [AdmitTarget, AdmittedTarget];
    'get-target-report': [{ project_id: string; target_id: string }, ConnectionReportView];
    'get-target-use': [{ project_id: string; target_id: string }, TargetUse];
    'forget-credentials': [
      { project_id: string; target_id: string; before_version: number; prometheus_before_version?: number },
      { forgotten: boolean },
    ];
    'seal-secret': [{ project_id: string; environment_id: string; value: string }, SecretPin];
    'pin-secret': [{ project_id: string; environment_id: string; name: string }, SecretPin];
    'put-secret': [{ environment: string; name: string } & PutSecret, SecretView];
    'list-secrets': [{ environment: string }, { items: SecretView[] }];
    'list-slots': [ListSlots, Page<SlotView>];
    'get-slot': [ById, SlotView];
    'get-slot-status': [ById, SlotStatusView];
    'check-slot-drift': [ById, SlotStatusView];
    'get-slot-diagnosis': [ById, SlotDiagnosisView];
    'get-slot-logs': [ById & SlotLogQuery, SlotLogsView];
    /** A session from which the gateway takes lines as they come (`slotLogSubject`). */
    'get-slot-log-session': [ById & SlotLogQuery, { slot_id: string; session: string }];
    'hold-slot': [ById & { reason: string }, SlotView];
    'resume-slot': [ById & { reason?: string }, SlotView];
    'get-environment-lock': [{ environment: string }, EnvironmentLockView];
    'list-projections': [Record<string, never>, { items: ProjectionStatus[] }];
    'rebuild-projection': [{ name: string }, ProjectionStatus];
    'skip-blocking-event': [{ name: string } & SkipBlockingEvent, ProjectionStatus];
  };
  audit: NotificationVerbs & {
    'get-timeline': [ById & { limit?: number; cursor?: string }, TimelineView];
    'get-group-timeline': [ById & { limit?: number; cursor?: string }, GroupTimelineView];
    'list-events': [ListAuditEvents, Page<AuditEvent>];
    'list-deployments': [ListDeployments, Page<DeploymentRecord>];
    'get-deployment': [ById, DeploymentRecord];
    'list-projections': [Record<string, never>, { items: ProjectionStatus[] }];
    'rebuild-projection': [{ name: string }, ProjectionStatus];
    'skip-blocking-event': [{ name: string } & SkipBlockingEvent, ProjectionStatus];
  };
}
export type RpcService = keyof RpcContract;
export type RpcVerb<S extends RpcService> = keyof RpcContract[S] & string;
export type RpcRequest<S extends RpcService, V extends RpcVerb<S>> = RpcContract[S][V] extends [infer Q, unknown] ? Q : never;
export type RpcResponse<S extends RpcService, V extends RpcVerb<S>> = RpcContract[S][V] extends [unknown, infer R] ? R : never;

/** Reply of every RPC: `position` is the stream position that a following query should have seen (read your writes). */
export type RpcReply<T> = { ok: true; value: T; position: number | null } | { ok: false; error: WireError };

/** Headers of an RPC request, besides `traceparent`. One place spells them. */
export const RPC_HEADERS = {
  token: 'Slipway-Token',
  commandId: 'Slipway-Command-Id',
  requestDigest: 'Slipway-Request-Digest',
  source: 'Slipway-Source',
  correlationId: 'Slipway-Correlation-Id',
  minPosition: 'Slipway-Min-Position',
  deadline: 'Slipway-Deadline',
  conversationId: 'Slipway-Conversation-Id',
} as const;
