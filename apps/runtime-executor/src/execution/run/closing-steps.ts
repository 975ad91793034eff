import type { Observation, RuntimeTarget, Step, StepContext, StepResult, VerificationCheck } from '@slipway/runtime-target';
import { VERIFY } from '../domain/execution.state';
import { boundedReading } from './bounded-reading';
import type { ReleaseChange } from './release-change';

export const SETTLE = 'settle';
const MAX_CHECK_BYTES = 500;

/** What the verification read from the target; recorded with the step, so that success never needs a second look. */
export interface VerifiedReading {
  readonly observed_digest: string;
  readonly url: string | null;
  readonly changed: boolean;
  readonly checks: readonly Record<string, unknown>[];
}

/** Post-deploy verification as a step (spec 003, section 10), with the observed artifact compared to the release's. */
export function verifyStep(runtime: RuntimeTarget, change: ReleaseChange, before: Observation | undefined): Step {
  return {
    name: VERIFY,
    title: 'Verify what runs',
    rerunnable: true,
    async run(context): Promise<StepResult> {
      const checks = await runtime.verify(change.input, context);
      const after = await runtime.observe(change.input.access, change.input.slotId);
      return judge([...checks, ...identityChecks(change, after)], after, !before || differs(before, after));
    },
  };
}

function judge(checks: readonly VerificationCheck[], after: Observation, changed: boolean): StepResult {
  const reading: VerifiedReading = {
    observed_digest: after.artifactDigest ?? '',
    url: after.url,
    changed,
    checks: checks.map(({ name, verdict, message, observed }) => ({
      name,
      verdict,
      message: message.slice(0, 300),
      observed: boundedReading(observed, MAX_CHECK_BYTES),
    })),
  };
  const observed = { ...reading };
  const bad = checks.filter(({ verdict }) => verdict === 'fail');
  const unclear = checks.filter(({ verdict }) => verdict === 'inconclusive');
  const say = (found: readonly VerificationCheck[]): string => found.map(({ name, message }) => `${name}: ${message}`).join('; ');
  if (bad.length > 0) return { outcome: 'failed', summary: say(bad), observed };
  if (unclear.length > 0) return { outcome: 'inconclusive', summary: say(unclear), observed };
  return { outcome: 'succeeded', summary: `${checks.length} checks passed${changed ? '' : '; nothing had to change'}`, observed };
}

/** What the target says it runs must be the release, its manifest and its artifact, by digest. */
function identityChecks({ input }: ReleaseChange, after: Observation): VerificationCheck[] {
  const compare = (name: string, wanted: string, found: string | null): VerificationCheck => ({
    name,
    verdict: wanted === found ? 'pass' : 'fail',
    message: wanted === found ? `is ${wanted}` : `should be ${wanted}, is ${found ?? 'absent'}`,
    observed: { wanted, found },
  });
  return [
    compare('traffic-release', input.releaseId, after.releaseId),
    compare('manifest-digest', input.manifestDigest, after.manifestDigest),
    compare('artifact-digest', input.artifactDigest, after.artifactDigest),
  ];
}

/** Whether anything became different: the release, its manifest, or any process behind it. */
function differs(before: Observation, after: Observation): boolean {
  const processes = (observation: Observation): string =>
    observation.replicas
      .map(({ name, instanceId, startedAt }) => `${name} ${instanceId} ${startedAt}`)
      .sort()
      .join('\n');
  return before.manifestDigest !== after.manifestDigest || processes(before) !== processes(after);
}

/** Lets go of what the strategy no longer needs. The release runs already: what cannot be let go is drift, not a failure. */
export function settleStep(runtime: RuntimeTarget, change: ReleaseChange): Step {
  return {
    name: SETTLE,
    title: 'Let go of what is not needed any more',
    rerunnable: true,
    async run(context: StepContext): Promise<StepResult> {
      try {
        await runtime.settle(change.input, context);
        return { outcome: 'succeeded', summary: 'nothing is left over', observed: {} };
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        context.log(`left behind: ${why}`);
        return { outcome: 'succeeded', summary: `the release runs, but something is left over: ${why}`, observed: { left_over: why } };
      }
    },
  };
}
