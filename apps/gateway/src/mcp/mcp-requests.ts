import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { SlipwayError } from '@slipway/contracts';

const MAX_REQUESTS = 1_000;
const MAX_REQUESTS_OF_ACTOR = 32;

export interface McpRequest {
  readonly actorId: string;
  readonly conversationId: string;
  /** JSON-RPC ids of what was asked. */
  readonly ids: readonly (string | number)[];
  readonly abort: AbortController;
}

/** The MCP requests that are being worked on: bounded, and ended when their client cancels or the gateway drains. */
@Injectable()
export class McpRequests implements BeforeApplicationShutdown {
  private readonly running = new Set<McpRequest>();

  /** @throws SlipwayError `too_many_requests` */
  begin(request: McpRequest): () => void {
    const own = [...this.running].filter(({ actorId }) => actorId === request.actorId).length;
    if (this.running.size >= MAX_REQUESTS || own >= MAX_REQUESTS_OF_ACTOR) {
      throw new SlipwayError('too_many_requests', 'Too many MCP requests are under way; wait until some have been answered.');
    }
    this.running.add(request);
    return () => void this.running.delete(request);
  }

  /** `notifications/cancelled` comes as a request of its own. */
  cancel(conversationId: string, id: string | number): void {
    this.end((one) => one.conversationId === conversationId && one.ids.includes(id));
  }

  endSession(conversationId: string): void {
    this.end((one) => one.conversationId === conversationId);
  }

  beforeApplicationShutdown(): void {
    this.end(() => true);
  }

  private end(which: (request: McpRequest) => boolean): void {
    for (const request of this.running) if (which(request)) request.abort.abort();
  }
}
