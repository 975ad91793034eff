import type { ResolvedVerification } from '../application/resolve-application';
import type { VerificationCheck } from '../observation';
import type { StepContext } from '../steps';
import { healthCheck, smokeCheck, type Ask } from './endpoint-checks';
import { watchCheck, type ReleaseFigures } from './watch-window';

/** What a verification looks through, and how often it is worth the price; milliseconds. */
export interface VerificationLook {
  readonly verification: ResolvedVerification;
  /** Whether anything answers requests. */
  readonly serves: boolean;
  readonly ask: Ask;
  readonly figures: () => Promise<ReleaseFigures>;
  readonly pace: { readonly everyMs: number; readonly healthWithinMs: number; readonly unreadyMs: number };
  readonly context: Pick<StepContext, 'signal' | 'log'>;
}

/**
 * The part of a verification that all runtimes share, behind what each finds by itself (`first`): health endpoint and smoke tests, and a
 * watch window where everything passes. Every check goes to the log.
 */
export async function verifyByEndpoints(
  first: readonly VerificationCheck[],
  { verification, serves, ask, figures, pace, context }: VerificationLook,
): Promise<readonly VerificationCheck[]> {
  const { everyMs, healthWithinMs: withinMs, unreadyMs } = pace;
  const { signal } = context;
  const health = serves ? verification.health : undefined;
  const checks = [...first];
  if (health) checks.push(await healthCheck(ask, health, { withinMs, everyMs, signal }));
  for (const test of serves ? verification.smoke : []) checks.push(await smokeCheck(ask, test));
  if (checks.every(({ verdict }) => verdict === 'pass'))
    checks.push(await watchCheck({ watchMs: verification.watch_ms, everyMs, unreadyMs, signal, health, ask, figures }));
  for (const { name, verdict, message } of checks) context.log(`${name}: ${verdict}: ${message}`);
  return checks;
}
