import { Injectable } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { CONVERSATION_PATTERN, SlipwayError, type Principal, type RpcService, type RpcVerb, type Source } from '@slipway/contracts';
import { inCall, inSpan, InternalTokenSigner, RpcClient, type RpcCaller } from '@slipway/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessResolver } from '../access/access-resolver';
import { HEADERS } from '../openapi/openapi-document';
import { isCommand, type Route, type RouteInput } from '../routes/route';
import { CommandIdentities } from './command-identity';
import { PositionMemory } from './position-memory';
import { inputCheck, type InputCheck } from './validation';

const SOURCES: readonly string[] = ['ui', 'cli', 'api'] satisfies Source[];
const CONVERSATION_ID = new RegExp(CONVERSATION_PATTERN);
const JSON_TYPE = 'application/json; charset=utf-8';
/** Internal deadline of a request; a command without an answer by then is `outcome_unknown`. */
const DEADLINE_MS = 10_000;

export interface Answered<T> {
  readonly value: T;
  readonly position: number | null;
}

/** A caller that is not an HTTP request of the API: a tool's user. `source` is the gateway's word, never the caller's. */
export interface RouteUser {
  readonly principal: Principal;
  readonly source: Source;
  readonly correlationId: string;
  readonly conversationId: string;
  readonly idempotencyKey?: string;
  /** A query answers once its read model is here; default: where the actor's latest command was. */
  readonly minPosition?: number;
}

/** Carries requests to the services: validated, under an internal token, with command identity and read-your-writes position. */
@Injectable()
export class GatewayCalls {
  private readonly checks = new Map<Route, InputCheck>();
  constructor(
    private readonly rpc: RpcClient,
    private readonly signer: InternalTokenSigner,
    private readonly identities: CommandIdentities,
    private readonly positions: PositionMemory,
    private readonly resolver: AccessResolver,
  ) {}

  /** @throws SlipwayError `invalid_request` naming what is wrong where. */
  input(route: Route, request: Pick<FastifyRequest, 'params' | 'query' | 'body'>): RouteInput {
    let check = this.checks.get(route);
    if (!check) this.checks.set(route, (check = inputCheck(route)));
    return check(request);
  }

  /** Answers a route by its verb. */
  async forward(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const input = this.input(route, request);
    const { service, verb } = route.rpc!;
    const body = route.input ? route.input(input) : { ...input.query, ...input.body, ...input.params };
    const caller = await this.callerOf(route, request, body);
    if (route.output) return route.output((await this.call(service, verb, body, caller, request, reply)).value as never);
    const { value } = await this.answered(caller, request, reply, () => relaying(this.rpc)(service, verb, body, caller));
    void reply.header('content-type', JSON_TYPE);
    return value;
  }

  /** Answers a route by its verb for a tool's user: the same validation, identity and position as over HTTP. */
  async perform(route: Route, request: Pick<FastifyRequest, 'params' | 'query' | 'body'>, user: RouteUser): Promise<unknown> {
    const input = this.input(route, request);
    const { service, verb } = route.rpc!;
    const body = route.input ? route.input(input) : { ...input.query, ...input.body, ...input.params };
    const { principal, source, correlationId, conversationId, idempotencyKey } = user;
    const minPosition = Math.max(user.minPosition ?? 0, this.positionOf(principal.actorId) ?? 0) || null;
    const identity = isCommand(route)
      ? this.identities.of(principal.actorId, placeOf(route, request), idempotencyKey, body)
      : { commandId: 'query' };
    const caller: RpcCaller = {
      ...identity,
      token: await this.signer.sign(principal),
      source,
      correlationId,
      conversationId,
      minPosition: isCommand(route) ? null : minPosition,
      deadline: Date.now() + DEADLINE_MS,
    };
    const { value, position } = await inCall({ correlationId, causationId: caller.commandId }, () =>
      inSpan(`${source} ${route.name}`, { kind: SpanKind.SERVER }, () => untyped(this.rpc)(service, verb, body, caller)),
    );
    if (position !== null) this.positions.remember(principal.actorId, position);
    return route.output ? route.output(value as never) : value;
  }

  /** An internal token for who was verified already; they live a minute, so long work gets another. */
  tokenOf(principal: Principal): Promise<string> {
    return this.signer.sign(principal);
  }

  /** What the actor's next query must have seen. */
  positionOf(actorId: string): number | null {
    return this.positions.needed(actorId, undefined);
  }

  /** The caller of a request as services get it. `command` is what an idempotency digest covers. */
  async callerOf(route: Route, request: FastifyRequest, command: unknown): Promise<RpcCaller> {
    const { principal, credential } = request.access!;
    // A long upload may outlast what its caller was allowed at its beginning.
    this.resolver.resolve(credential);
    const identity = isCommand(route)
      ? this.identities.of(principal.actorId, placeOf(route, request), request.headers['idempotency-key'], command)
      : { commandId: 'query' };
    return {
      ...identity,
      token: await this.signer.sign(principal),
      source: route.source ?? sourceOf(request),
      correlationId: request.id,
      conversationId: conversationOf(request.headers[HEADERS.conversationId.toLowerCase()]),
      minPosition: isCommand(route) ? null : this.positions.needed(principal.actorId, request.headers[HEADERS.position.toLowerCase()]),
      deadline: Date.now() + DEADLINE_MS,
    };
  }

  /** Calls a verb within the request's trace; remembers and tells the position of a command's answer. */
  call(
    service: RpcService,
    verb: string,
    body: object,
    caller: RpcCaller,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Answered<unknown>> {
    return this.answered(caller, request, reply, () => untyped(this.rpc)(service, verb, body, caller));
  }

  private async answered<T>(
    caller: RpcCaller,
    request: FastifyRequest,
    reply: FastifyReply,
    call: () => Promise<Answered<T>>,
  ): Promise<Answered<T>> {
    const traceparent = request.headers['traceparent'];
    const span = {
      kind: SpanKind.SERVER,
      ...(typeof traceparent === 'string' ? { traceparent } : {}),
      attributes: { 'http.request.method': request.method, 'http.route': request.routeOptions.url ?? '' },
    };
    const answered = await inCall({ correlationId: caller.correlationId, causationId: caller.commandId }, () =>
      inSpan(`${request.method} ${request.routeOptions.url}`, span, call),
    );
    if (answered.position !== null) {
      this.positions.remember(request.access!.principal.actorId, answered.position);
      void reply.header(HEADERS.position, String(answered.position));
    }
    return answered;
  }

  /** A command that no row of the table stands for: signing in and out. Done once, however often it is sent. */
  async command(
    service: RpcService,
    verb: string,
    body: object,
    as: { principal: Principal; source: Source; correlationId: string },
  ): Promise<Answered<unknown>> {
    const token = await this.signer.sign(as.principal);
    const { commandId } = this.identities.of(as.principal.actorId, [], undefined, body);
    const { source, correlationId } = as;
    return untyped(this.rpc)(service, verb, body, { token, commandId, source, correlationId, deadline: Date.now() + DEADLINE_MS });
  }

  /** A query on the platform's own behalf. */
  async ask<S extends RpcService, V extends RpcVerb<S>>(
    service: S,
    verb: V,
    body: object,
    as: { principal: Principal; correlationId: string; minPosition?: number; timeoutMs?: number },
  ): Promise<unknown> {
    const token = await this.signer.sign(as.principal);
    const deadline = Date.now() + (as.timeoutMs ?? DEADLINE_MS);
    const { correlationId, minPosition = null } = as;
    const caller: RpcCaller = { token, commandId: 'query', source: 'api', correlationId, minPosition, deadline };
    return (await untyped(this.rpc)(service, verb, body, caller)).value;
  }
}

/** A client may say which kind it is; what stands for more than that, the platform alone says. */
function sourceOf({ headers }: FastifyRequest): Source {
  const given = headers['slipway-source'];
  if (typeof given === 'string' && SOURCES.includes(given)) return given as Source;
  return headers.authorization === undefined ? 'ui' : 'api';
}

/** @throws SlipwayError `invalid_request` */
function conversationOf(given: unknown): string | undefined {
  if (given === undefined || (typeof given === 'string' && CONVERSATION_ID.test(given))) return given;
  throw new SlipwayError('invalid_request', "Slipway-Conversation-Id must be 1 to 100 letters, digits, '.', '_', ':' or '-'.");
}

const placeOf = (route: Route, request: Pick<FastifyRequest, 'params' | 'query'>): string[] => [
  route.method,
  route.path,
  ...Object.values((request.params ?? {}) as Record<string, string>),
  (request.query as { project?: string } | undefined)?.project ?? '',
];

type Untyped<T> = (service: RpcService, verb: string, body: object, caller: RpcCaller) => Promise<Answered<T>>;
/** The schemas of a route's row stand for the contract's types here. */
const untyped = (rpc: RpcClient): Untyped<unknown> => rpc.call.bind(rpc) as unknown as Untyped<unknown>;
const relaying = (rpc: RpcClient): Untyped<Uint8Array> => rpc.relay.bind(rpc) as unknown as Untyped<Uint8Array>;
