import type { ObservedReplica, TrafficMetrics } from '../observation';
import type { ChangeInput } from '../runtime-target';
import type { StepContext } from '../steps';

/** Replicas wanted, by process name. */
export type Scale = Readonly<Record<string, number>>;
export interface Route {
  readonly releaseId: string;
  readonly percent: number;
}

/** What a runtime needs to know of a release to bring it up. */
export interface ReleaseShape {
  /** Replicas per process when it runs in full. */
  readonly full: Scale;
  /** The process that answers requests; undefined: none does. */
  readonly serving: string | undefined;
  /** How long it may take from start to ready, by its probes. */
  readonly patienceMs: number;
}
/** A release that the slot knows, whether or not anything of it runs. */
export interface StandingRelease extends ReleaseShape {
  readonly releaseId: string;
  readonly scale: Scale;
  /** It is on its way out. */
  readonly removing: boolean;
  /** Epoch milliseconds at which it will be removed; null: stays. */
  readonly removeAt: number | null;
}
export interface StandingReplica extends ObservedReplica {
  /** Its restarts back off: it does not stay up by itself. */
  readonly crashLooping: boolean;
  /** Its startup probe used up its attempts. */
  readonly startupFailed: boolean;
}
export interface SlotStanding {
  /** The release that owns the slot. */
  readonly current: string | null;
  readonly routes: readonly Route[];
  readonly releases: readonly StandingRelease[];
  readonly replicas: readonly StandingReplica[];
  readonly port: number | null;
}

export interface Routing {
  /** Owns the slot from now on. */
  readonly current?: string;
  /** A new name starts new figures. */
  readonly window?: string;
  /** Other releases that are scaled down once the traffic has moved: in the same go. */
  readonly then?: readonly { readonly releaseId: string; readonly scale: Scale }[];
}

/**
 * What the strategies move: one slot of a runtime that starts replicas of several releases side by side behind a router with weights.
 * Every change carries the fence of the step that makes it. All are idempotent; `scale` and `remove` drain before they stop.
 * @throws SlipwayError `stale_fence`
 */
export interface SlotControl {
  /** How often a look for a change is worth its price, in milliseconds. */
  readonly lookEveryMs: number;
  status(): Promise<SlotStanding | null>;
  /** Makes the change's release known, with all that it needs, at a scale. */
  declare(scale: Scale): Promise<void>;
  scale(releaseId: string, scale: Scale): Promise<void>;
  route(routes: readonly Route[], more?: Routing): Promise<void>;
  /** After `afterMs` (0: now) its replicas drain and stop, and it is forgotten. */
  remove(releaseId: string, afterMs?: number): Promise<void>;
  /** Figures of the window, by the releases that `status` saw last. */
  traffic(): Promise<readonly TrafficMetrics[]>;
  /** Last lines that the release's replicas wrote. */
  lastLines(releaseId: string): Promise<readonly string[]>;
}

/** What every step of a change works with. */
export interface Change {
  readonly input: ChangeInput;
  readonly shape: ReleaseShape;
  readonly slot: SlotControl;
  readonly context: StepContext;
}
/** `step` names the step in the effects that it has at the target. */
export type ChangeOf<C extends Change = Change> = (context: StepContext, step: string) => C;
