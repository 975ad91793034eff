import type { ChangeInput, StandingReplica, StepContext, TrafficMetrics, VerificationCheck } from '@slipway/runtime-target';
import type { ComposeManifest } from '../manifest/compose-manifest';
import type { ComposeSlotStatus } from '../slot/slot-status';
import type { Answer } from './ask-through';

/** What a verification looks through. */
export interface Verification {
  readonly input: ChangeInput;
  readonly manifest: ComposeManifest;
  readonly context: Pick<StepContext, 'signal' | 'log'>;
  status(): Promise<ComposeSlotStatus | null>;
  traffic(): Promise<readonly TrafficMetrics[]>;
  /** GET through the slot's proxy. */
  ask(path: string): Promise<Answer>;
}

export const LOOK_EVERY_MS = 100;

export const check = (
  name: string,
  verdict: VerificationCheck['verdict'],
  message: string,
  observed: Record<string, unknown> = {},
): VerificationCheck => ({ name, verdict, message, observed });

export const replicasOf = (status: ComposeSlotStatus | null, releaseId: string): readonly StandingReplica[] =>
  status?.replicas.filter((replica) => replica.releaseId === releaseId && replica.state !== 'stopping') ?? [];

export function unavailable(status: ComposeSlotStatus | null, { releaseId }: ChangeInput, { scale }: ComposeManifest): readonly string[] {
  const replicas = replicasOf(status, releaseId);
  return Object.entries(scale).flatMap(([name, wanted]) => {
    const ready = replicas.filter((replica) => replica.process === name && replica.ready).length;
    return ready < wanted ? [`${ready} of ${wanted} replicas of ${name} are ready`] : [];
  });
}
