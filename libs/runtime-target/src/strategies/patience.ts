import type { ResolvedProcess } from '../application/resolve-application';

const READINESS_PATIENCE_MS = 30_000;

/** How long a replica may take from start to ready: startup's whole budget, then readiness' delay and failures, 30 s at least for the latter. */
export function probesBudgetMs({ startup, readiness }: Pick<ResolvedProcess['probes'], 'startup' | 'readiness'>): number {
  const starting = startup ? startup.initial_delay_ms + startup.period_ms * startup.failure_threshold : 0;
  const becomingReady = readiness ? readiness.initial_delay_ms + readiness.period_ms * readiness.failure_threshold : 0;
  return starting + Math.max(READINESS_PATIENCE_MS, becomingReady);
}
