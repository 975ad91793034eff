import { setTimeout as pause } from 'node:timers/promises';
import type { VerificationCheck } from '@slipway/runtime-target';
import { check, LOOK_EVERY_MS, replicasOf, unavailable, type Verification } from './verification-look';

/** Share of failed requests in the window that fails a release, from this many requests on. */
const MAX_ERROR_RATE = 0.05;
const ENOUGH_REQUESTS = 20;
/** A replica may miss a probe; out of rotation for this long it is not well. */
const UNREADY_MS = 1000;

interface Figures {
  readonly requests: number;
  readonly errors: number;
  readonly restarts: number;
  readonly missing: readonly string[];
}

/**
 * Nothing restarts, everything stays ready and requests keep succeeding for as long as the artifact asks, and the health
 * endpoint still answers at the end.
 */
export async function watched(look: Verification, serves: boolean): Promise<VerificationCheck> {
  const { watch_ms } = look.manifest.application.verification;
  const before = await figures(look);
  const startAt = performance.now();
  let readyAt = startAt;
  for (;;) {
    const now = await figures(look);
    const at = performance.now();
    if (now.missing.length === 0) readyAt = at;
    const over = at >= startAt + watch_ms;
    const observed = {
      watch_ms,
      requests: now.requests - before.requests,
      errors: now.errors - before.errors,
      restarts: now.restarts - before.restarts,
    };
    const fault = faultOf(observed, now, over || at - readyAt >= UNREADY_MS);
    if (fault) return check('watch', 'fail', `${fault} while the release was watched`, { ...observed, missing: now.missing });
    if (over) return atTheEnd(observed, serves ? await healthFault(look) : undefined);
    await pause(LOOK_EVERY_MS, undefined, { signal: look.context.signal });
  }
}

type Observed = { readonly requests: number; readonly errors: number; readonly restarts: number };
const failing = ({ requests, errors }: Observed): boolean => errors / Math.max(1, requests) > MAX_ERROR_RATE;

function faultOf(observed: Observed, { missing }: Figures, judgeReadiness: boolean): string | undefined {
  if (observed.restarts > 0) return 'a replica restarted';
  if (failing(observed) && observed.requests >= ENOUGH_REQUESTS) return `${observed.errors} of ${observed.requests} requests failed`;
  return judgeReadiness && missing.length > 0 ? missing.join('; ') : undefined;
}

function atTheEnd(observed: Observed & Record<string, unknown>, unwell: string | undefined): VerificationCheck {
  if (unwell) return check('watch', 'fail', unwell, observed);
  if (failing(observed)) return check('watch', 'inconclusive', `${observed.errors} of only ${observed.requests} requests failed`, observed);
  const message = `nothing restarted, everything stayed ready, ${observed.errors} of ${observed.requests} requests failed`;
  return check('watch', 'pass', message, observed);
}

async function healthFault(look: Verification): Promise<string | undefined> {
  const { health } = look.manifest.application.verification;
  if (!health) return undefined;
  const { status, error } = await look.ask(health.path);
  if (status === health.expect_status) return undefined;
  return `after the watch window GET ${health.path} answers ${status ?? error}, expected ${health.expect_status}`;
}

async function figures(look: Verification): Promise<Figures> {
  const { input, manifest } = look;
  const [seen, measured] = await Promise.all([look.status(), look.traffic()]);
  const ours = measured.find((candidate) => candidate.releaseId === input.releaseId);
  const restarts = replicasOf(seen, input.releaseId).reduce((sum, replica) => sum + replica.restarts, 0);
  return { requests: ours?.requests ?? 0, errors: ours?.errors ?? 0, restarts, missing: unavailable(seen, input, manifest) };
}
