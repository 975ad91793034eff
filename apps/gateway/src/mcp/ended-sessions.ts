import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { rpcSubject } from '@slipway/contracts';
import { NATS } from '@slipway/service-kit';
import { McpRequests } from './mcp-requests';
import { McpSessions, type McpSession } from './mcp-session';

const SUBJECT = rpcSubject('gateway', 'mcp-session-ended');
type Ended = Pick<McpSession, 'conversationId' | 'expiresS'>;

/** Tells every replica of the gateway, this one included, that a session has ended. */
@Injectable()
export class EndedSessions implements OnApplicationBootstrap {
  constructor(
    @Inject(NATS) private readonly connection: NatsConnection,
    private readonly sessions: McpSessions,
    private readonly requests: McpRequests,
  ) {}

  onApplicationBootstrap(): void {
    this.connection.subscribe(SUBJECT, { callback: (error, message) => (error ? undefined : this.take(message.json<Ended>())) });
  }

  end({ conversationId, expiresS }: McpSession): void {
    this.take({ conversationId, expiresS });
    this.connection.publish(SUBJECT, JSON.stringify({ conversationId, expiresS } satisfies Ended));
  }

  private take(ended: Ended): void {
    this.sessions.end(ended);
    this.requests.endSession(ended.conversationId);
  }
}
