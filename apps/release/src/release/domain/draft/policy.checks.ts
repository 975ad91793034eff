import type { Check } from '@slipway/contracts';
import { clip } from '../clip';
import type { DraftInput, RunThere } from './draft.input';

/** What the environment's policy demands of a change before anybody is asked. */
export const policyChecks = (input: DraftInput): Check[] => [strategyAllowed(input), ...promoted(input)];

function strategyAllowed({ policy, subject }: DraftInput): Check {
  const { allowed_strategies: allowed } = policy;
  if (allowed.includes(subject.strategy.type)) {
    return { name: 'strategy-allowed', result: 'pass', message: `The policy allows ${subject.strategy.type}.` };
  }
  const message = `The policy of ${subject.environment_name} allows ${allowed.join(', ')}, not ${subject.strategy.type}; preview with one of these.`;
  return { name: 'strategy-allowed', result: 'fail', message };
}

/**
 * The same content must have been what runs in each of the environments before this one, for as long as it has to soak there. Judged
 * at the preview, and once more when it is applied: meanwhile it may have been taken back there.
 */
export function promoted({ policy, subject, ranIn, now }: Pick<DraftInput, 'policy' | 'subject' | 'ranIn' | 'now'>): Check[] {
  if (!policy.promotion) return [];
  const { after, soak_s } = policy.promotion;
  const lacking = after.flatMap((environment) => {
    const there = ranIn.filter((run) => run.environment === environment);
    return there.some((run) => ranFor(run, now) >= soak_s) ? [] : [lacks(environment, there, soak_s)];
  });
  if (lacking.length === 0) {
    return [{ name: 'promotion', result: 'pass', message: `${subject.artifact_version} has run in ${after.join(', ')}.` }];
  }
  const message = `${subject.artifact_version} may not come to ${subject.environment_name} yet: ${lacking.join('; ')}. Preview again after that.`;
  return [{ name: 'promotion', result: 'fail', message: clip(message, 1000) }];
}

const ranFor = ({ since, until }: RunThere, now: string): number => (Date.parse(until ?? now) - Date.parse(since)) / 1000;

function lacks(environment: string, there: readonly RunThere[], soakS: number): string {
  const [since] = there.flatMap((run) => (run.until === null ? [run.since] : [])).sort();
  if (since !== undefined) return `it soaks in ${environment} until ${new Date(Date.parse(since) + soakS * 1000).toISOString()}`;
  if (there.length === 0) return `it has not run in ${environment}, or was taken back there`;
  return `it was replaced in ${environment} before it had run there for ${soakS} s; deploy it there again`;
}
