import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { UnderWay } from '../http/under-way';

const BOUNDS = {
  ofActor: 32,
  ofAll: 1_000,
  refusal: 'Too many MCP requests are under way; wait until some have been answered.',
};

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
  private readonly underWay = new UnderWay(BOUNDS);

  /** @throws SlipwayError `too_many_requests` */
  begin(request: McpRequest): () => void {
    const done = this.underWay.begin(request.actorId);
    this.running.add(request);
    return () => {
      done();
      this.running.delete(request);
    };
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
