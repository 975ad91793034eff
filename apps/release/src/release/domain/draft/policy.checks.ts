import type { Check } from '@slipway/contracts';
import { clip } from '../clip';
import type { DraftInput } from './draft.input';

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

/** The same content must have run, and soaked, in the environments before this one. */
function promoted({ policy, subject, ranIn, now }: DraftInput): Check[] {
  if (!policy.promotion) return [];
  const { after, soak_s } = policy.promotion;
  const missing = after.filter((environment) => !ranIn.some((one) => one.environment === environment));
  const soaking = ranIn
    .filter(({ environment }) => after.includes(environment))
    .map(({ environment, since }) => ({ environment, until: new Date(Date.parse(since) + soak_s * 1000).toISOString() }))
    .filter(({ until }) => until > now);
  if (missing.length === 0 && soaking.length === 0) {
    return [{ name: 'promotion', result: 'pass', message: `${subject.artifact_version} has run in ${after.join(', ')}.` }];
  }
  const first = missing.map((environment) => `it has not run in ${environment}`);
  const then = soaking.map(({ environment, until }) => `it soaks in ${environment} until ${until}`);
  const message = `${subject.artifact_version} may not come to ${subject.environment_name} yet: ${[...first, ...then].join('; ')}. Preview again after that.`;
  return [{ name: 'promotion', result: 'fail', message: clip(message, 1000) }];
}
