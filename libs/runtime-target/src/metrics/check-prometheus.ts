import { isSlipwayError, type Check } from '@slipway/contracts';
import type { ConnectionReport, NetworkPolicy, TargetAccess } from '../access';
import { LOGIN_REFUSED, queryPrometheus } from './prometheus';

const TIMEOUT_MS = 10_000;
const check = (result: Check['result'], message: string): Check => ({ name: 'prometheus', result, message });

/**
 * Whether the target's Prometheus answers, and lets us in; undefined where the target names none. One that does not answer now is a
 * warning: it judges canaries, and may come up later. One that refuses the login is a failed check.
 */
export async function checkPrometheus(access: TargetAccess, network: NetworkPolicy): Promise<Check | undefined> {
  const url = access.connection.prometheus?.url;
  if (url === undefined) return undefined;
  try {
    const login = (await access.prometheusCredential?.()) ?? null;
    const { status } = await queryPrometheus(access, 'vector(1)', network, AbortSignal.timeout(TIMEOUT_MS));
    if (LOGIN_REFUSED.includes(status)) return check('fail', refusal(url, login !== null, status));
    if (status !== 200) return check('warn', `${url} answers ${status}, not as the HTTP API of a Prometheus does.`);
    if (login && url.startsWith('http:')) return check('warn', `${url} answers; its login goes there in clear: use https.`);
    return check('pass', `${url} answers${login ? ' to its login' : ''}.`);
  } catch (error) {
    if (isSlipwayError(error) && error.code !== 'dependency_unavailable') return check('fail', error.message);
    return check('warn', `${url} does not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const refusal = (url: string, given: boolean, status: number): string =>
  given
    ? `${url} refuses the login (${status}). Give the right one: in the page Rotate the Prometheus login, in the CLI --prometheus-user and --prometheus-password-file, or --prometheus-token-file.`
    : `${url} asks for a login (${status}). Give it: in the page with the target's Prometheus, in the CLI with --prometheus-user and --prometheus-password-file, or --prometheus-token-file.`;

/** A report with one more check. */
export const withChecks = (report: ConnectionReport, more: Check | undefined): ConnectionReport =>
  more ? { ...report, ok: report.ok && more.result !== 'fail', checks: [...report.checks, more] } : report;
