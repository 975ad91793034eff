import type { Schemas } from '../api/client';

type PrometheusCredential = NonNullable<Schemas['RotateCredential']['prometheus_credential']>;
/** How the Prometheus of a target is opened; `as_is`: as it is today. */
export type PrometheusLogin = 'as_is' | PrometheusCredential['kind'];

/** Login of a target's Prometheus, as it is typed; it goes to the gateway and is kept nowhere here. */
export interface PrometheusLoginInput {
  prometheus_login: PrometheusLogin;
  prometheus_user: string;
  prometheus_password: string;
  prometheus_token: string;
}
export const NO_PROMETHEUS_LOGIN: PrometheusLoginInput = {
  prometheus_login: 'as_is',
  prometheus_user: '',
  prometheus_password: '',
  prometheus_token: '',
};

/** The login that is given; undefined where none is. */
export function prometheusCredentialOf(input: PrometheusLoginInput): PrometheusCredential | undefined {
  const { prometheus_login: kind, prometheus_user: user, prometheus_password: password, prometheus_token: token } = input;
  if (kind === 'basic_auth') return { kind, username: user.trim(), password };
  return kind === 'bearer_token' ? { kind, token: token.trim() } : undefined;
}

/** What is missing of a login, by field. */
export function prometheusProblems(input: PrometheusLoginInput): Record<string, string | null> {
  const { prometheus_login: kind, prometheus_user: user, prometheus_password: password, prometheus_token: token } = input;
  if (kind === 'basic_auth') {
    return {
      prometheus_user: /^[^:]+$/.test(user.trim()) ? null : 'The user’s name, without a colon',
      prometheus_password: password ? null : 'Its password',
    };
  }
  return kind === 'bearer_token' ? { prometheus_token: /^[!-~]+$/.test(token.trim()) ? null : 'Paste the token, without spaces' } : {};
}
