import { setTimeout as pause } from 'node:timers/promises';
import type { VerificationCheck } from '../observation';
import { verificationCheck } from './verification-check';
import { unexpected, type Ask, type HealthEndpoint } from './endpoint-checks';

/** Share of failed requests in the window that fails a release, from this many requests on. */
const MAX_ERROR_RATE = 0.05;
const ENOUGH_REQUESTS = 20;

/** A release as it stands at one moment. */
export interface ReleaseFigures {
  /** Of all its replicas, since they are there. */
  readonly restarts: number;
  /** What is not ready, in words; empty: all is. */
  readonly missing: readonly string[];
  /** Its requests since it is there; undefined where the runtime does not see them. */
  readonly traffic?: { readonly requests: number; readonly errors: number };
}

export interface WatchWindow {
  readonly watchMs: number;
  /** While something is not ready; as long as all is well a look may take its time. */
  readonly everyMs: number;
  /** A replica may miss a probe; out of rotation for this long it is not well. */
  readonly unreadyMs: number;
  readonly signal: AbortSignal;
  /** Has to answer in the end, too; undefined: there is none, or the release serves no requests. */
  readonly health: HealthEndpoint | undefined;
  readonly ask: Ask;
  figures(): Promise<ReleaseFigures>;
}

/**
 * Nothing restarts, everything stays ready and requests keep succeeding for as long as the artifact asks, and the health
 * endpoint still answers at the end.
 */
export async function watchCheck(window: WatchWindow): Promise<VerificationCheck> {
  const before = await window.figures();
  const startAt = performance.now();
  let missingSince: number | undefined;
  for (;;) {
    const now = await window.figures();
    const at = performance.now();
    missingSince = now.missing.length === 0 ? undefined : (missingSince ?? at);
    const over = at >= startAt + window.watchMs;
    const observed = { watch_ms: window.watchMs, ...since(before, now) };
    const fault = faultOf(observed, now.missing, over || at - (missingSince ?? at) >= window.unreadyMs);
    if (fault) return verificationCheck('watch', 'fail', `${fault} while the release was watched`, { ...observed, missing: now.missing });
    if (over) return atTheEnd(observed, await healthFault(window));
    const everyMs = missingSince === undefined ? calmEveryMs(window) : window.everyMs;
    await pause(Math.min(everyMs, startAt + window.watchMs - at), undefined, { signal: window.signal });
  }
}

/** A look costs the host something: a twentieth of the window, but so often that nobody is out of rotation unseen for longer than allowed. */
const calmEveryMs = ({ watchMs, everyMs, unreadyMs }: WatchWindow): number => Math.max(everyMs, Math.min(unreadyMs, watchMs / 20));

type Observed = { readonly restarts: number; readonly requests?: number; readonly errors?: number };

function since(before: ReleaseFigures, now: ReleaseFigures): Observed {
  const restarts = now.restarts - before.restarts;
  if (!now.traffic) return { restarts };
  const { requests, errors } = before.traffic ?? { requests: 0, errors: 0 };
  return { restarts, requests: now.traffic.requests - requests, errors: now.traffic.errors - errors };
}

const failing = ({ requests = 0, errors = 0 }: Observed): boolean => errors / Math.max(1, requests) > MAX_ERROR_RATE;

function faultOf(observed: Observed, missing: readonly string[], judgeReadiness: boolean): string | undefined {
  const { restarts, requests = 0, errors = 0 } = observed;
  if (restarts > 0) return 'a replica restarted';
  if (failing(observed) && requests >= ENOUGH_REQUESTS) return `${errors} of ${requests} requests failed`;
  return judgeReadiness && missing.length > 0 ? missing.join('; ') : undefined;
}

function atTheEnd(observed: Observed & Record<string, unknown>, unwell: string | undefined): VerificationCheck {
  const { requests, errors } = observed;
  if (unwell) return verificationCheck('watch', 'fail', unwell, observed);
  if (failing(observed)) return verificationCheck('watch', 'inconclusive', `${errors} of only ${requests} requests failed`, observed);
  const message = 'nothing restarted, everything stayed ready';
  return verificationCheck(
    'watch',
    'pass',
    requests === undefined ? message : `${message}, ${errors} of ${requests} requests failed`,
    observed,
  );
}

async function healthFault({ health, ask }: WatchWindow): Promise<string | undefined> {
  const fault = health && unexpected(await ask(health.path), health);
  return fault && `after the watch window ${fault}`;
}
