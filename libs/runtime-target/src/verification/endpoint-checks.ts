import type { ResolvedVerification } from '../application/resolve-application';
import type { VerificationCheck } from '../observation';
import { verificationCheck } from './verification-check';
import { lookUntil, type Patience } from './look-until';

/** How a GET was answered. */
export interface Answer {
  readonly status: number | null;
  readonly body: string;
  /** Why there is no status. */
  readonly failure: string | null;
}
/** GET the way the slot's callers go; a path with its leading slash. It throws for an abort alone. */
export type Ask = (path: string) => Promise<Answer>;
export type HealthEndpoint = NonNullable<ResolvedVerification['health']>;

/** The health endpoint has some seconds to answer as expected: the release just took over. */
export async function healthCheck(ask: Ask, health: HealthEndpoint, patience: Patience): Promise<VerificationCheck> {
  const answer = await lookUntil(
    () => ask(health.path),
    ({ status }) => status === health.expect_status,
    patience,
  );
  const fault = unexpected(answer, health);
  return verificationCheck('health-endpoint', fault ? 'fail' : 'pass', fault ?? `GET ${health.path} answers ${health.expect_status}`, {
    path: health.path,
    status: answer.status,
  });
}

export async function smokeCheck(ask: Ask, test: ResolvedVerification['smoke'][number]): Promise<VerificationCheck> {
  const answer = await ask(test.path);
  const lacks = test.expect_body !== undefined && !answer.body.includes(test.expect_body);
  const fault = unexpected(answer, test) ?? (lacks ? `GET ${test.path}: the body lacks '${test.expect_body}'` : undefined);
  const observed = { path: test.path, status: answer.status, body: answer.body.slice(0, 200) };
  return verificationCheck(`smoke-${test.name}`, fault ? 'fail' : 'pass', fault ?? `GET ${test.path} answers as expected`, observed);
}

/** Undefined: the status is as expected. */
export const unexpected = ({ status, failure }: Answer, { path, expect_status }: HealthEndpoint): string | undefined =>
  status === expect_status ? undefined : `GET ${path} answers ${status ?? `nothing (${failure})`}, expected ${expect_status}`;
