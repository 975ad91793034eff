import { Type } from 'typebox';

/** ARCHITECTURE.md, section 6. */
export const RELEASE_STATUSES = [
  'previewed',
  'pending_approval',
  'approved',
  'rejected',
  'expired',
  'superseded',
  'cancelled',
  'applying',
  'verifying',
  'applied',
  'failed',
  'rolling_back',
  'rolled_back',
  'rollback_failed',
] as const;
export type ReleaseStatus = (typeof RELEASE_STATUSES)[number];

/** Spec 001, section 2.1. */
export const LIFECYCLE_STATES = ['preview', 'pending_approval', 'approved', 'applying', 'applied', 'failed', 'rollback'] as const;
export type LifecycleState = (typeof LIFECYCLE_STATES)[number];

const LIFECYCLE_OF_STATUS: Record<ReleaseStatus, LifecycleState> = {
  previewed: 'preview',
  pending_approval: 'pending_approval',
  approved: 'approved',
  rejected: 'failed',
  expired: 'failed',
  superseded: 'failed',
  cancelled: 'failed',
  applying: 'applying',
  verifying: 'applying',
  applied: 'applied',
  failed: 'failed',
  rolling_back: 'rollback',
  rolled_back: 'rollback',
  rollback_failed: 'rollback',
};

/** Statuses of releases that ended without running; they never trigger a rollback. */
export const ENDED_WITHOUT_RUNNING: readonly ReleaseStatus[] = ['rejected', 'expired', 'superseded', 'cancelled'];
/** Statuses in which nothing further happens by itself. */
export const TERMINAL_STATUSES: readonly ReleaseStatus[] = [
  'rejected',
  'expired',
  'superseded',
  'cancelled',
  'applied',
  'failed',
  'rolled_back',
  'rollback_failed',
];

/** Statuses of before this platform's own, in today's vocabulary (spec 001, section 2.1; spec 002, section 1.1). The one table of them. */
const HISTORICAL: ReadonlyMap<string, ReleaseStatus> = new Map([
  ['succeeded', 'applied'],
  ['rollback', 'rolled_back'],
  ['preview', 'previewed'],
]);

/** A stored status in today's vocabulary. */
export const canonicalStatus = (stored: string): ReleaseStatus => HISTORICAL.get(stored) ?? (stored as ReleaseStatus);

/** Every stored status that reads as one of `wanted`, historical ones included. */
export const storedStatuses = (wanted: readonly ReleaseStatus[]): string[] => [
  ...wanted,
  ...[...HISTORICAL].flatMap(([stored, status]) => (wanted.includes(status) ? [stored] : [])),
];

/**
 * The canonical state of a status, historical ones included: `succeeded -> applied`, `rolled_back -> rollback`
 * (spec 001, section 2.1; spec 002, section 1.1).
 * @throws TypeError for a status that never existed.
 */
export function lifecycleState(status: string): LifecycleState {
  const state = LIFECYCLE_OF_STATUS[canonicalStatus(status)];
  if (!state) throw new TypeError(`'${status}' is no release status`);
  return state;
}

/** Every status of today that reads as `state`. */
export const statusesIn = (state: LifecycleState): ReleaseStatus[] => RELEASE_STATUSES.filter((status) => lifecycleState(status) === state);

export const ReleaseStatusSchema = Type.Enum([...RELEASE_STATUSES]);
export const LifecycleStateSchema = Type.Enum([...LIFECYCLE_STATES]);

export const ENVIRONMENT_TYPES = ['local', 'development', 'staging', 'production'] as const;
export type EnvironmentType = (typeof ENVIRONMENT_TYPES)[number];
export const RUNTIME_TYPES = ['k8s', 'compose', 'process'] as const;
export type RuntimeType = (typeof RUNTIME_TYPES)[number];
