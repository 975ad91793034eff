import type { Principal, Source } from '@slipway/contracts';
import type { CommandContext } from '@slipway/event-sourcing';
import type { Clock } from '../platform/clock';

/** What a call carries besides its body; the gateway fills it in, services pass their `CallerContext` on. */
export interface RpcCaller {
  /** The internal token (`InternalTokenSigner`). */
  readonly token: string;
  readonly commandId: string;
  readonly requestDigest?: string;
  readonly source: Source;
  readonly correlationId: string;
  /** The conversation in which this was asked for. */
  readonly conversationId?: string;
  /** A query answers only once its read model has seen this stream position. */
  readonly minPosition?: number | null;
  /** Milliseconds since the epoch after which nobody waits for the answer; default: 10 s from the call. */
  readonly deadline?: number;
}

/** Who calls, why, and until when: verified, as an RPC handler gets it by `@Caller()`. */
export class CallerContext implements RpcCaller {
  constructor(
    readonly principal: Principal,
    readonly token: string,
    readonly commandId: string,
    readonly requestDigest: string | undefined,
    readonly source: Source,
    readonly correlationId: string,
    readonly minPosition: number | null,
    readonly deadline: number,
    private readonly clock: Clock,
    readonly conversationId?: string,
  ) {}

  /** The same caller giving a further command, which this call causes; its id derives from that cause. */
  under(commandId: string): CallerContext {
    const { principal, token, source, correlationId, minPosition, deadline, clock, conversationId } = this;
    return new CallerContext(principal, token, commandId, undefined, source, correlationId, minPosition, deadline, clock, conversationId);
  }

  /** The context of the command that this call asks for; `now` is the moment of asking. */
  commandContext(): CommandContext {
    const { actorId, actorType, onBehalfOf } = this.principal;
    return {
      commandId: this.commandId,
      principal: { actorId, actorType, onBehalfOf },
      source: this.source,
      correlationId: this.correlationId,
      causationId: this.commandId,
      now: this.clock.now(),
      requestDigest: this.requestDigest,
      conversationId: this.conversationId,
    };
  }
}
