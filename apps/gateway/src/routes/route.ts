import type { Permission, RpcService, RpcVerb } from '@slipway/contracts';
import type { TObject, TSchema } from 'typebox';

export const API_PREFIX = '/api/v1';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type RpcTarget = { [S in RpcService]: { readonly service: S; readonly verb: RpcVerb<S> } }[RpcService];

/** What a request brings, after validation. */
export interface RouteInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * One row of the route table: everything that the guard, the validation, the OpenAPI document and the sweep tests need to know.
 * A path that no row names does not exist; a handler without a row is refused.
 */
export interface Route {
  /** Unique; the OpenAPI operationId. */
  readonly name: string;
  readonly tag: string;
  readonly method: Method;
  /** Under `/api/v1`, parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  /** All of them are needed, in one scope. */
  readonly permissions: readonly Permission[];
  /** Open to everyone who is signed in, for it tells nobody more than about himself; rows without it need a permission. */
  readonly anyone?: boolean;
  /** Needs a principal whose scope is the whole platform (ADR 0005). */
  readonly platformScope?: boolean;
  /**
   * Member that names the project of the request, checked against the caller's scope before anything else happens. Where a
   * route has none, or the caller left it out, the owning service checks the project of what it finds.
   */
  readonly project?: { readonly in: 'body' | 'query' | 'params'; readonly name: string };
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TObject;
  /** Content types of the request; default JSON. */
  readonly consumes?: readonly string[];
  readonly response: TSchema;
  readonly status: number;
  /** Also answers as server-sent events with this payload when the request accepts `text/event-stream`. */
  readonly events?: TSchema;
  /** What events say of where it came from; the caller does not choose. Default: what the caller says it is (ui, cli, api). */
  readonly source?: 'ai';
  /** The verb that answers; routes without one have a controller of their own. */
  readonly rpc?: RpcTarget;
  /** Request of the verb; default: query, body and parameters together. */
  readonly input?: (request: RouteInput) => Record<string, unknown>;
  /** What of the verb's answer is the response; default all. */
  readonly output?: (value: never) => unknown;
}

/** `/api/v1/...` with parameters as `:name`. */
export const fullPath = (route: Route): string => API_PREFIX + route.path;

export const isCommand = (route: Route): boolean => route.method !== 'GET';
