import type { ActorType, Basis, Diagnostics, Draft, EnvironmentPolicy, Outcome, ReleaseSubject } from '@slipway/contracts';
import type { ScopedGate } from '@slipway/gates';
import type { RunThere } from './draft/draft.input';

/** What runs in a slot and what ran before, from the slot's own log. */
export interface SlotReading {
  readonly position: number;
  readonly current: { readonly releaseId: string; readonly artifactVersion: string } | null;
  readonly previous: { readonly releaseId: string; readonly artifactVersion: string } | null;
  readonly hold: { readonly by: string; readonly since: string; readonly reason: string } | null;
}

/** The basis as it is now; compared with the draft's. `busyWith`: another release being executed in the slot. */
export interface CurrentBasis {
  readonly basis: Basis;
  readonly policy: EnvironmentPolicy;
  readonly policyVersion: number;
  /** Freeze windows and stop-the-line, from the platform's to the environment's. */
  readonly gates: readonly ScopedGate[];
  /** For an apply: where its content has run. */
  readonly ranIn: readonly RunThere[];
  readonly slot: SlotReading;
  readonly busyWith: string | null;
}

/** Who asks, and under which command id: a ticket's id derives from it. */
interface Asked {
  readonly now: string;
  readonly actorId: string;
  readonly commandId: string;
}

export interface PreviewRelease {
  readonly type: 'PreviewRelease';
  readonly subject: ReleaseSubject;
  readonly draft: Draft;
  readonly previewRef: string;
  readonly teamId: string;
}
export interface ApplyRelease extends Asked {
  readonly type: 'ApplyRelease';
  readonly actorType: ActorType;
  readonly previewRef: string | undefined;
  readonly current: CurrentBasis;
}
export interface CancelRelease {
  readonly type: 'CancelRelease';
  readonly reason: string | null;
}
export interface ResumeRelease {
  readonly type: 'ResumeRelease';
  readonly reason: string | null;
}
export interface RollbackRelease extends Asked {
  readonly type: 'RollbackRelease';
  readonly actorType: ActorType;
  readonly reason: string | null;
  readonly current: CurrentBasis;
  /** What lies between the two releases and does not come back by itself. */
  readonly warnings: readonly string[];
}
/** The automatic rollback of a release that failed (spec 003, section 12). */
export interface RollBackFailedRelease {
  readonly type: 'RollBackFailedRelease';
  readonly actorId: string;
  readonly current: CurrentBasis;
  readonly warnings: readonly string[];
}

/** From the release's group: it was applied for, and all its members with it. */
export interface AwaitGroup {
  readonly type: 'AwaitGroup';
  readonly groupId: string;
  readonly ticketId: string | null;
  readonly requestedBy: string;
  readonly requestedByType: ActorType;
}
/** From the release's group: the members before it are applied. */
export interface TakeTurn {
  readonly type: 'TakeTurn';
  readonly groupId: string;
  readonly ticketId: string | null;
  readonly approvedBy: readonly string[];
}
/** From the release's group: the group ends, or stops, without this member. */
export interface LeaveGroup {
  readonly type: 'LeaveGroup';
  readonly groupId: string;
  readonly reason: string;
}
/** From the release's group: all its members go back, which was decided for the group. */
export interface TakeBackWithGroup {
  readonly type: 'TakeBackWithGroup';
  readonly groupId: string;
  readonly automatic: boolean;
  readonly requestedBy: string;
  readonly reason: string | null;
  readonly current: CurrentBasis;
  readonly warnings: readonly string[];
}

/** From the inbox: a ticket was approved. */
export interface GrantApproval {
  readonly type: 'GrantApproval';
  readonly ticketId: string;
  readonly previewRef: string;
  readonly approvedBy: readonly string[];
  readonly slot: SlotReading;
}
/** From the inbox: a ticket was rejected, or ran out. */
export interface RefuseApproval {
  readonly type: 'RefuseApproval';
  readonly ticketId: string;
  readonly why: 'rejected' | 'expired';
  readonly by: string | null;
  readonly comment: string | null;
  readonly at: string;
}
export interface ExpirePreview {
  readonly type: 'ExpirePreview';
  readonly now: string;
}
export interface SupersedeRelease {
  readonly type: 'SupersedeRelease';
  readonly byReleaseId: string;
}

/** What a release waits for is judged by what holds now: its environment's policy, its target, its slot. */
export interface RejudgeRelease {
  readonly type: 'RejudgeRelease';
  readonly environment: {
    readonly version: number;
    readonly policy: EnvironmentPolicy;
    readonly policyVersion: number;
    readonly policyReason: string | null;
  };
  readonly target: { readonly version: number; readonly deleted: boolean };
  readonly slot: SlotReading;
}

/** From the executor: one attempt's progress. `act` tells the release's own execution from that of its rollback. */
interface OfExecution {
  readonly executionId: string;
  readonly act: 'apply' | 'rollback';
}
export interface BeginExecution extends OfExecution {
  readonly type: 'BeginExecution';
}
export interface PauseExecution {
  readonly type: 'PauseExecution';
  readonly executionId: string;
  readonly why: string;
}
export interface ContinueExecution {
  readonly type: 'ContinueExecution';
  readonly executionId: string;
}
export interface VerifyExecution {
  readonly type: 'VerifyExecution';
  readonly executionId: string;
}
export interface SucceedExecution extends OfExecution {
  readonly type: 'SucceedExecution';
  readonly observedDigest: string;
  readonly url: string | null;
  readonly changed: boolean;
  readonly durationMs: number;
}
export interface FailExecution extends OfExecution {
  readonly type: 'FailExecution';
  readonly outcome: Exclude<Outcome, 'succeeded'>;
  readonly diagnostics: Diagnostics;
}
/** The executor let go before it touched anything. */
export interface AbandonExecution extends OfExecution {
  readonly type: 'AbandonExecution';
  readonly why: string;
  readonly code: string;
  readonly byReleaseId: string | null;
}

export type ReleaseCommand =
  | PreviewRelease
  | ApplyRelease
  | CancelRelease
  | ResumeRelease
  | RollbackRelease
  | RollBackFailedRelease
  | AwaitGroup
  | TakeTurn
  | LeaveGroup
  | TakeBackWithGroup
  | GrantApproval
  | RefuseApproval
  | ExpirePreview
  | SupersedeRelease
  | RejudgeRelease
  | BeginExecution
  | PauseExecution
  | ContinueExecution
  | VerifyExecution
  | SucceedExecution
  | FailExecution
  | AbandonExecution;
