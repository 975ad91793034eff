import { NoRespondersError, TimeoutError, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { SpanKind } from '@opentelemetry/api';
import {
  isSlipwayError,
  RPC_HEADERS,
  rpcSubject,
  SlipwayError,
  type RpcReply,
  type RpcRequest,
  type RpcResponse,
  type RpcService,
  type RpcVerb,
} from '@slipway/contracts';
import { Link, wasNotSent } from '@slipway/event-store-jetstream';
import { unreadReply } from './reply';
import type { NatsLink } from '../nats/nats-link';
import { writeHeaders } from './rpc-headers';
import { activeTraceparent, inSpan } from '../telemetry/tracing';
import type { RpcCaller } from './caller-context';
import { isQuery } from './verbs';

const DEFAULT_TIMEOUT_MS = 10_000;
/** The server answers at the deadline; the client waits this much longer for that answer to travel. */
const GRACE_MS = 250;

/** Calls verbs of `RpcContract` in other services, on behalf of a caller. */
export class RpcClient {
  constructor(private readonly link: NatsLink) {}

  /**
   * @throws SlipwayError with the callee's code; `dependency_unavailable` when nothing was started (service or NATS away) or
   * for a query that got no answer; `outcome_unknown` for a command that got none: the same command id tells later.
   */
  call<S extends RpcService, V extends RpcVerb<S>>(
    service: S,
    verb: V,
    body: RpcRequest<S, V>,
    caller: RpcCaller,
  ): Promise<{ value: RpcResponse<S, V>; position: number | null }> {
    return this.exchange(service, verb, body, caller, (message) => goodReply<RpcResponse<S, V>>(message));
  }

  /** `call` for an answer that is handed on as it came: the value's JSON, unread. @throws as `call` does */
  relay<S extends RpcService, V extends RpcVerb<S>>(
    service: S,
    verb: V,
    body: RpcRequest<S, V>,
    caller: RpcCaller,
  ): Promise<{ value: Uint8Array; position: number | null }> {
    return this.exchange(service, verb, body, caller, (message) => {
      const unread = unreadReply(message.data);
      if (unread) return unread;
      const { value, position } = goodReply(message);
      return { value: Buffer.from(JSON.stringify(value)), position };
    });
  }

  private exchange<T>(service: RpcService, verb: string, body: unknown, caller: RpcCaller, read: (message: Msg) => T): Promise<T> {
    const attributes = { 'rpc.service': service, 'rpc.method': verb };
    return inSpan(`${service}/${verb}`, { kind: SpanKind.CLIENT, attributes }, async () =>
      read(await this.send(service, verb, JSON.stringify(body), caller)),
    );
  }

  private async send(service: RpcService, verb: string, body: string, caller: RpcCaller): Promise<Msg> {
    this.link.assertConnected();
    const { connection } = this.link;
    const payload = Buffer.from(body);
    if (payload.length > (connection.info?.max_payload ?? 1_048_576) - 8_192) {
      throw new SlipwayError('request_too_large', 'The request is too large to pass on inside the platform; shorten it.');
    }
    const deadline = caller.deadline ?? Date.now() + DEFAULT_TIMEOUT_MS;
    const timeout = Math.max(1, deadline - Date.now() + GRACE_MS);
    try {
      return await Link.of(connection).request(rpcSubject(service, verb), payload, { timeout, headers: headersOf(caller, deadline) });
    } catch (cause) {
      throw unanswered(service, verb, caller, cause);
    }
  }
}

function goodReply<T>(message: Msg): { value: T; position: number | null } {
  const reply = message.json<RpcReply<T>>();
  if (!reply.ok) throw SlipwayError.fromWire(reply.error);
  return { value: reply.value, position: reply.position };
}

const headersOf = (caller: RpcCaller, deadline: number): MsgHdrs =>
  writeHeaders({
    [RPC_HEADERS.token]: caller.token,
    [RPC_HEADERS.commandId]: caller.commandId,
    [RPC_HEADERS.source]: caller.source,
    [RPC_HEADERS.correlationId]: caller.correlationId,
    [RPC_HEADERS.deadline]: String(deadline),
    [RPC_HEADERS.conversationId]: caller.conversationId,
    [RPC_HEADERS.requestDigest]: caller.requestDigest,
    [RPC_HEADERS.minPosition]: caller.minPosition?.toString(),
    traceparent: activeTraceparent(),
  });

function unanswered(service: RpcService, verb: string, caller: RpcCaller, cause: unknown): SlipwayError {
  if (isSlipwayError(cause)) return cause;
  if (cause instanceof NoRespondersError) {
    return new SlipwayError(
      'dependency_unavailable',
      `The ${service} service is not running at the moment; try again shortly.`,
      { service },
      { cause },
    );
  }
  if (wasNotSent(cause)) {
    return new SlipwayError('dependency_unavailable', 'This process is shutting down; send the request again.', { service }, { cause });
  }
  if (isQuery(verb)) {
    const why = cause instanceof TimeoutError ? 'did not answer in time' : 'could not be reached';
    return new SlipwayError('dependency_unavailable', `The ${service} service ${why}; try again shortly.`, { service }, { cause });
  }
  return new SlipwayError(
    'outcome_unknown',
    `The ${service} service has not answered yet; repeat the request with the same Idempotency-Key to learn the outcome.`,
    { service, command_id: caller.commandId },
    { cause },
  );
}
