import { SpanKind } from '@opentelemetry/api';
import { RPC_HEADERS, SlipwayError, type Principal, type RpcReply, type Source } from '@slipway/contracts';
import type { InternalTokenVerifier } from '../auth/internal-token';
import { inCall } from '../context/call-context';
import type { Logger } from '../logging/logger';
import type { Clock } from '../platform/clock';
import type { CommandGate } from '../platform/command-gate';
import type { Metrics } from '../telemetry/metrics';
import { inSpan, markFailed } from '../telemetry/tracing';
import { Answer } from './answer';
import { CallerContext } from './caller-context';
import type { RpcHandler, RpcMetadata } from './decorators';
import { isQuery } from './verbs';
import { toSlipwayError, toWireError } from './wire-errors';

const DEFAULT_DEADLINE_MS = 10_000;
const SOURCES: readonly string[] = ['ui', 'cli', 'api', 'ai', 'mcp', 'webhook', 'system'] satisfies Source[];

export interface RpcGuards {
  readonly verifier: InternalTokenVerifier;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly gate: Pick<CommandGate, 'assertOpen'>;
}

/**
 * Everything that surrounds an RPC handler: correlation, trace, metrics, the caller verified from the internal token,
 * the deadline, and the reply: a value with its position, or an error by code.
 */
export class RpcEndpoint {
  constructor(private readonly guards: RpcGuards) {}

  /** Never rejects. */
  async answer(rpc: RpcHandler, headers: ReadonlyMap<string, string>, body: unknown): Promise<RpcReply<unknown>> {
    const header = (name: string): string | undefined => headers.get(name) || undefined;
    const correlationId = header(RPC_HEADERS.correlationId) ?? 'none';
    const call = { correlationId, causationId: header(RPC_HEADERS.commandId), fields: { verb: rpc.verb } };
    const span = {
      kind: SpanKind.SERVER,
      traceparent: header('traceparent'),
      attributes: { 'rpc.service': rpc.service, 'rpc.method': rpc.verb },
    };
    const { duration, requests } = this.guards.metrics;
    const stop = duration.startTimer({ verb: rpc.verb });
    const reply = await inCall(call, () =>
      inSpan(`${rpc.service}/${rpc.verb}`, span, async (active) => {
        try {
          const reply = await this.handle(rpc, header, correlationId, body);
          this.guards.logger[isQuery(rpc.verb) ? 'debug' : 'info']('rpc answered');
          return reply;
        } catch (error) {
          markFailed(active, error);
          return this.refuse(rpc, error);
        }
      }),
    );
    stop();
    requests.inc({ verb: rpc.verb });
    return reply;
  }

  private async handle(
    rpc: RpcHandler,
    header: (name: string) => string | undefined,
    correlationId: string,
    body: unknown,
  ): Promise<RpcReply<unknown>> {
    const token = header(RPC_HEADERS.token);
    const caller = this.caller(await this.guards.verifier.verify(token), token!, header, correlationId);
    if (!isQuery(rpc.verb)) await this.guards.gate.assertOpen();
    const result: unknown = await beforeDeadline(rpc, caller, () => rpc.handle(body, caller));
    if (!(result instanceof Answer)) throw new TypeError(`The handler of ${rpc.verb} returned no answer(...)`);
    return { ok: true, value: result.value as unknown, position: result.position };
  }

  private caller(principal: Principal, token: string, header: (name: string) => string | undefined, correlationId: string): CallerContext {
    const commandId = header(RPC_HEADERS.commandId);
    const source = header(RPC_HEADERS.source);
    if (!commandId || !source || !SOURCES.includes(source)) {
      throw new SlipwayError('invalid_request', 'The request names no command id or no known source.');
    }
    const minPosition = Number(header(RPC_HEADERS.minPosition) ?? NaN);
    const deadline = Number(header(RPC_HEADERS.deadline) ?? Date.now() + DEFAULT_DEADLINE_MS);
    return new CallerContext(
      principal,
      token,
      commandId,
      header(RPC_HEADERS.requestDigest),
      source as Source,
      correlationId,
      Number.isSafeInteger(minPosition) ? minPosition : null,
      deadline,
      this.guards.clock,
      header(RPC_HEADERS.conversationId),
    );
  }

  private refuse(rpc: RpcMetadata, error: unknown): RpcReply<never> {
    const known = toSlipwayError(error);
    const { logger, metrics } = this.guards;
    metrics.errors.inc({ verb: rpc.verb, code: known.code });
    if (known.category === 'internal') logger.error({ error: known.cause ?? known }, 'rpc failed');
    else if (known.retryable) logger.warn({ code: known.code, error: known.cause ?? known }, 'rpc refused for now');
    else logger.info({ code: known.code, reason: known.message }, 'rpc refused');
    return { ok: false, error: toWireError(known) };
  }
}

function beforeDeadline<T>(rpc: RpcMetadata, caller: CallerContext, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(lateError(rpc, caller)), Math.max(0, caller.deadline - Date.now()));
    const ended = <V>(settle: (value: V) => void) => {
      return (value: V): void => {
        clearTimeout(timer);
        settle(value);
      };
    };
    work().then(ended(resolve), ended(reject));
  });
}

const lateError = (rpc: RpcMetadata, caller: CallerContext): SlipwayError =>
  isQuery(rpc.verb)
    ? new SlipwayError('dependency_unavailable', 'The answer took too long; try again shortly.')
    : new SlipwayError(
        'outcome_unknown',
        'The command has not finished yet; repeat the request with the same Idempotency-Key to learn its outcome.',
        {
          command_id: caller.commandId,
        },
      );
