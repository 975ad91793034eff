import type { ProxyServer } from './proxy-servers';

/** HAProxy's words for what a health check got (management guide, 9.1: check_status). */
const WORDS: Readonly<Record<string, string>> = {
  L4TOUT: 'it cannot be reached in time',
  L4CON: 'the connection is refused',
  L6TOUT: 'it does not answer in time',
  L7TOUT: 'it does not answer in time',
  L6RSP: 'it does not speak HTTP',
  L7RSP: 'it does not speak HTTP',
};

/** What a readiness probe got, for a person. */
export function probeWords({ check }: Pick<ProxyServer, 'check'>, path: string): string {
  const [status = '', code = ''] = (check ?? '').split(' ');
  const got = status === 'L7STS' ? `it answers ${code}` : (WORDS[status] ?? check ?? 'nothing yet');
  return `readiness probe: GET ${path}: ${got}`;
}
