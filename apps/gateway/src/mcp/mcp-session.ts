import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { SlipwayError } from '@slipway/contracts';
import type { Narrowing } from './narrowing';

/** An MCP session: nothing but what its id says, so that any replica of the gateway can answer any request of it. */
export interface McpSession {
  /** Recorded with every act of the session. */
  readonly conversationId: string;
  readonly actorId: string;
  readonly narrowing: Narrowing;
  /** Seconds since the epoch. */
  readonly expiresS: number;
}

const LIFETIME_S = 24 * 60 * 60;
const MAX_ID_LENGTH = 4_096;
const REMEMBERED_ENDED = 50_000;

/** Writes and reads session ids: `<base64url of the session>.<its HMAC>`. An id is no credential: it is worth nothing without its actor's token. */
export class McpSessions {
  private readonly key: Buffer;
  /** Ended by DELETE and not yet expired, by conversation. */
  private readonly ended = new Map<string, number>();

  /** @param secret shared by all replicas of the gateway. */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'slipway mcp session', 32));
  }

  begin(actorId: string, narrowing: Narrowing): { id: string; session: McpSession } {
    const expiresS = Math.floor(Date.now() / 1000) + LIFETIME_S;
    const session = { conversationId: `mcp-${randomBytes(12).toString('hex')}`, actorId, narrowing, expiresS };
    const body = Buffer.from(JSON.stringify(session)).toString('base64url');
    return { id: `${body}.${this.mac(body)}`, session };
  }

  /** @throws SlipwayError `unknown_resource` for an id that is not ours, another actor's, expired or ended: the client begins anew. */
  open(id: string, actorId: string): McpSession {
    const [body = '', mac = ''] = id.length <= MAX_ID_LENGTH ? id.split('.') : [];
    const expected = this.mac(body);
    if (mac.length !== expected.length || !timingSafeEqual(Buffer.from(mac), Buffer.from(expected))) throw noSession();
    const session = JSON.parse(Buffer.from(body, 'base64url').toString()) as McpSession;
    if (session.actorId !== actorId || session.expiresS <= Date.now() / 1000 || this.ended.has(session.conversationId)) throw noSession();
    return session;
  }

  end({ conversationId, expiresS }: Pick<McpSession, 'conversationId' | 'expiresS'>): void {
    this.ended.set(conversationId, expiresS);
    if (this.ended.size <= REMEMBERED_ENDED) return;
    const now = Date.now() / 1000;
    for (const [id, until] of this.ended) if (until <= now) this.ended.delete(id);
    if (this.ended.size > REMEMBERED_ENDED) this.ended.delete(this.ended.keys().next().value as string);
  }

  private mac(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('base64url');
  }
}

const noSession = (): SlipwayError =>
  new SlipwayError('unknown_resource', 'There is no such MCP session, or it has ended; initialize a new one.', {
    resource_type: 'mcp_session',
  });
