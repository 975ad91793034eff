import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { errorOf, GatewayUnreachable } from './api-error';
import type { components, operations, paths } from './generated/schema';
import { readEventStream, type EventStreamOptions, type StreamEvent } from './event-stream';
import { retrying, type RetryOptions } from './retry';

type Schemas = components['schemas'];
export type ArtifactView = Schemas['ArtifactView'];

export interface ApiClientOptions {
  /** Where the gateway listens, e.g. `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  /** Bearer token; a function is asked before every request. Without one: the session cookie of the page's own site. */
  readonly token?: string | (() => string | Promise<string>);
  /** `csrf_token` of the session (GET /api/v1/session), sent with every request under the cookie. */
  readonly csrfToken?: () => string | undefined;
  /** Written into every event that a command causes; default `api`. */
  readonly source?: 'ui' | 'cli' | 'api';
  readonly fetch?: typeof globalThis.fetch;
  /** Ends every request that is under way, with an AbortError. Uploads and event streams take their own. */
  readonly signal?: AbortSignal;
  /** Reads, and commands with an `Idempotency-Key`, are sent again so often; never, unless given. Uploads are not: their body is gone. */
  readonly retry?: RetryOptions;
  /** A request without an answer is given up after this; never, unless given: some `fetch` waits for ever. Uploads and event streams are not. */
  readonly answerWithinMs?: number;
}

/** Fields of an artifact; see `uploadArtifact`. */
export type ArtifactFields = Omit<operations['uploadArtifact']['requestBody']['content']['multipart/form-data'], 'file'>;
/** What `fetch` sends: bytes, a Blob, a web stream. */
export type UploadBody = NonNullable<RequestInit['body']>;

/**
 * Typed client of the gateway, for Node and browsers. `GET`, `POST`, ... answer `{data, response}` and throw `ApiError`
 * (a problem document) or `GatewayUnreachable`.
 */
export type ApiClient = Client<paths> & {
  /** Uploads a tarball (plain or gzip). A stream is sent as it is read. */
  uploadArtifact(
    fields: ArtifactFields,
    tarball: UploadBody,
    options?: { idempotencyKey?: string; signal?: AbortSignal },
  ): Promise<ArtifactView>;
  /** Server-sent events of a path, e.g. `/api/v1/deploy/releases/<id>/timeline`; reconnects and resumes by itself. */
  events<T>(path: string, options?: Omit<EventStreamOptions, 'open'>): AsyncGenerator<StreamEvent<T>, void>;
};

export function createApiClient(options: ApiClientOptions): ApiClient {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const send = reaching(baseUrl, fetch);
  const headers = async (): Promise<Record<string, string>> => ({
    ...(await credentials(options)),
    'slipway-source': options.source ?? 'api',
  });
  const sendWhole = reaching(baseUrl, options.answerWithinMs === undefined ? whole(fetch) : within(options.answerWithinMs, whole(fetch)));
  const client = createClient<paths>({
    baseUrl,
    fetch: options.retry ? retrying(sendWhole, options.retry) : sendWhole,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  client.use(authorised(headers), throwing(baseUrl));
  const extras: Pick<ApiClient, 'uploadArtifact' | 'events'> = {
    uploadArtifact: async (fields, tarball, { idempotencyKey, signal } = {}) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries<string | undefined>(fields)) if (value !== undefined) query.set(name, value);
      const response = await send(`${baseUrl}/api/v1/artifacts?${query.toString()}`, {
        method: 'POST',
        headers: {
          ...(await headers()),
          'content-type': 'application/octet-stream',
          ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
        },
        body: tarball,
        ...(signal ? { signal } : {}),
        ...{ duplex: 'half' },
      });
      if (!response.ok) throw await errorOf(response, baseUrl);
      return (await response.json()) as ArtifactView;
    },
    events: <T>(path: string, streamOptions: Omit<EventStreamOptions, 'open'> = {}) =>
      readEventStream<T>({
        ...streamOptions,
        open: async (lastEventId, signal) => {
          const response = await send(`${baseUrl}${path}`, {
            headers: {
              ...(await headers()),
              accept: 'text/event-stream',
              ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
            },
            signal,
          });
          if (!response.ok) throw await errorOf(response, baseUrl);
          return response;
        },
      }),
  };
  return Object.assign(client, extras);
}

async function credentials({ token, csrfToken }: ApiClientOptions): Promise<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${typeof token === 'string' ? token : await token()}` };
  const csrf = csrfToken?.();
  return csrf === undefined ? {} : { 'x-csrf-token': csrf };
}

const authorised = (headers: () => Promise<Record<string, string>>): Middleware => ({
  async onRequest({ request }) {
    for (const [name, value] of Object.entries(await headers())) request.headers.set(name, value);
    return request;
  },
});

const throwing = (baseUrl: string): Middleware => ({
  async onResponse({ response }) {
    if (!response.ok) throw await errorOf(response, baseUrl);
    return response;
  },
});

/** An answer that was read to its end: one that breaks off is a gateway that does not answer. */
const whole =
  (send: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    const response = await send(input, init);
    const body = await response.arrayBuffer();
    return new Response(body.byteLength === 0 ? null : body, response);
  };

/** Node's fetch does not settle when a connection is closed as soon as it stands, as a proxy does that has nowhere to go. */
const within =
  (ms: number, send: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(`There was no answer within ${ms} ms.`)), ms);
    const given = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    try {
      return await send(input, { ...init, signal: given ? AbortSignal.any([given, late.signal]) : late.signal });
    } finally {
      clearTimeout(timer);
    }
  };

function reaching(baseUrl: string, send: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    try {
      return await send(input, init);
    } catch (cause) {
      if ((cause as { readonly name?: unknown } | null)?.name === 'AbortError') throw cause;
      throw new GatewayUnreachable(baseUrl, `${baseUrl} does not answer; is the platform up (npm run status)?`, { cause });
    }
  };
}
