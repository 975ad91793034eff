import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { PrometheusCredential } from '@slipway/contracts';
import type { NetworkPolicy, TargetAccess } from '../access';

/** What a query came to, or why it came to no number. */
export type Reading = { readonly value: number } | { readonly why: string };

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;
const TRIES = 2;
export const LOGIN_REFUSED: readonly number[] = [401, 403];

/**
 * One instant query (https://prometheus.io/docs/prometheus/latest/querying/api/) to the target's Prometheus, at the address that the
 * policy gave for the host, with its login; redirects are not followed. An error, an empty result, several series and NaN are no number.
 */
export async function askPrometheus(access: TargetAccess, query: string, network: NetworkPolicy, signal: AbortSignal): Promise<Reading> {
  for (let attempt = 1; ; attempt++) {
    try {
      return readingOf(await queryPrometheus(access, query, network, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (attempt === TRIES) return { why: `Prometheus does not answer: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}

/** The answer as it came, whatever its status. @throws Error when there is none, SlipwayError `credential_refused`, `address_refused` */
export async function queryPrometheus(
  access: Pick<TargetAccess, 'connection' | 'prometheusCredential'>,
  query: string,
  network: NetworkPolicy,
  signal: AbortSignal,
): Promise<Answer> {
  const url = access.connection.prometheus?.url;
  if (url === undefined) throw new Error('the target names no Prometheus any more');
  return answerOf(url, query, (await access.prometheusCredential?.()) ?? null, network, signal);
}

function authorizationOf(login: PrometheusCredential): string {
  if (login.kind === 'bearer_token') return `Bearer ${login.token}`;
  return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

async function answerOf(
  url: string,
  query: string,
  login: PrometheusCredential | null,
  network: NetworkPolicy,
  signal: AbortSignal,
): Promise<Answer> {
  const { protocol, hostname, port, pathname, host } = new URL(url);
  const name = hostname.replace(/^\[|\]$/g, '');
  const options = {
    method: 'GET',
    hostname: await network.resolve(name),
    port: port || undefined,
    path: `${pathname.replace(/\/$/, '')}/api/v1/query?${new URLSearchParams({ query }).toString()}`,
    headers: { host, accept: 'application/json', 'user-agent': 'slipway', ...(login && { authorization: authorizationOf(login) }) },
    agent: false,
    timeout: TIMEOUT_MS,
    signal,
    ...(isIP(name) === 0 && { servername: name }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = (protocol === 'https:' ? requestHttps : requestHttp)(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
        if (body.length > MAX_BYTES) outgoing.destroy(new Error(`its answer is larger than ${MAX_BYTES} bytes`));
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.once('error', reject);
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error(`nothing within ${TIMEOUT_MS} ms`)));
    outgoing.once('error', reject);
    outgoing.end();
  });
}

interface QueryAnswer {
  readonly status?: unknown;
  readonly error?: unknown;
  readonly data?: { readonly resultType?: unknown; readonly result?: unknown };
}
type Sample = readonly [time: number, value: string];

function readingOf({ status, body }: Answer): Reading {
  const answer = parsed(body);
  if (status !== 200 || answer?.status !== 'success') {
    if (LOGIN_REFUSED.includes(status)) return { why: `Prometheus refuses the login it was given, or asks for one (${status})` };
    const error = typeof answer?.error === 'string' ? `: ${answer.error.slice(0, 300)}` : '';
    return { why: `Prometheus answers ${status}${error}` };
  }
  const { resultType, result } = answer.data ?? {};
  if (resultType === 'scalar') return numberOf(result as Sample);
  if (resultType !== 'vector' || !Array.isArray(result)) return { why: `the query comes to a ${String(resultType)}, not to one number` };
  if (result.length > 1) return { why: `the query comes to ${result.length} series: aggregate them to one` };
  return result.length === 0 ? { why: 'there is no data' } : numberOf((result[0] as { value: Sample }).value);
}

function numberOf(sample: Sample): Reading {
  const value = Number(sample?.[1]?.replace('Inf', 'Infinity'));
  return Number.isNaN(value) ? { why: 'there is no data (NaN)' } : { value };
}

function parsed(body: string): QueryAnswer | undefined {
  try {
    return JSON.parse(body) as QueryAnswer;
  } catch {
    return undefined;
  }
}
