import type { ChangeInput, StepContext, VerificationCheck } from '@slipway/runtime-target';
import { fullScale, type ProcessManifest } from './manifest';
import type { ReplicaStatus, SlotStatus } from './protocol';

export type Context = Pick<StepContext, 'signal' | 'log'>;
type Verdict = VerificationCheck['verdict'];

export const LOOK_EVERY_MS = 100;
const REQUEST_TIMEOUT_MS = 5000;

export const check = (name: string, verdict: Verdict, message: string, observed: Record<string, unknown> = {}): VerificationCheck => ({
  name,
  verdict,
  message,
  observed,
});

export const replicasOf = (status: SlotStatus | null, releaseId: string): readonly ReplicaStatus[] =>
  status?.replicas.filter((replica) => replica.releaseId === releaseId && replica.state !== 'stopping') ?? [];

export function unavailable(status: SlotStatus | null, { releaseId }: ChangeInput, manifest: ProcessManifest): readonly string[] {
  const replicas = replicasOf(status, releaseId);
  return Object.entries(fullScale(manifest)).flatMap(([name, wanted]) => {
    const ready = replicas.filter((replica) => replica.process === name && replica.ready).length;
    return ready < wanted ? [`${ready} of ${wanted} replicas of ${name} are ready`] : [];
  });
}

interface Answer {
  readonly status: number | null;
  readonly body: string;
  readonly error: string;
}

export async function get(url: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]) });
    return { status: response.status, body: (await response.text()).slice(0, 1_000_000), error: '' };
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, body: '', error: error instanceof Error ? `nothing (${error.message})` : 'nothing' };
  }
}
