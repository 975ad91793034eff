import type { TokenEvent } from '@slipway/contracts';
import { KnownTokens, MOST_REVOKED } from './known-tokens';

const HOUR_MS = 60 * 60 * 1000;
const START = Date.parse('2026-01-01T00:00:00.000Z');
const at = (hours: number): string => new Date(START + hours * HOUR_MS).toISOString();
const event = (action: string, id: string, hours: number, detail: object = {}): TokenEvent =>
  ({ action, resource_id: id, project_id: '_', actor_id: 'ann', occurred_at: at(hours), detail }) as unknown as TokenEvent;
const created = (id: string, hours: number, expiresAfter: number): TokenEvent =>
  event('token.created', id, hours, { expires_at: at(hours + expiresAfter), secret_digest: 'sha256:a' });
const revoked = (id: string, hours: number): TokenEvent => event('token.revoked', id, hours);

describe('the tokens that a process knows', () => {
  /** Live, each event taken when it happens. */
  const taking = (known: KnownTokens, ...events: readonly TokenEvent[]): string[] => {
    for (const one of events) known.take(one, Date.parse(one.occurred_at));
    return [...known.tokens.keys()];
  };

  it('are those that work, and for a day those that ended', () => {
    const known = new KnownTokens();
    expect(taking(known, created('short', 0, 1), created('gone', 0, 500), created('long', 0, 500), revoked('gone', 2))).toHaveLength(3);
    expect(taking(known, created('other', 24, 500))).toEqual(['short', 'gone', 'long', 'other']);
    expect(known.tokens.get('gone')!.revokedAt).toBe(at(2));
    expect(taking(known, created('another', 25.5, 500))).toEqual(['gone', 'long', 'other', 'another']);
    expect(taking(known, created('last', 27, 500))).toEqual(['long', 'other', 'another', 'last']);
  });

  it('are no more than that when an old log is read', () => {
    const known = new KnownTokens();
    const now = START + 100 * HOUR_MS;
    for (const one of [created('old', 0, 1), created('ended', 0, 500), revoked('ended', 1), created('good', 0, 500)]) known.take(one, now);
    expect([...known.tokens.keys()]).toEqual(['good']);
    known.take(revoked('old', 2), now);
    expect(known.tokens.size).toBe(1);
  });

  it('are bounded where somebody makes and ends them in a loop', () => {
    const known = new KnownTokens();
    taking(known, created('good', 0, 500));
    for (let round = 0; round < MOST_REVOKED + 10; round++) taking(known, created(`t${round}`, 0, 500), revoked(`t${round}`, 0));
    expect(known.tokens.size).toBe(MOST_REVOKED + 1);
    expect([known.tokens.has('good'), known.tokens.has('t0')]).toEqual([true, false]);
  });

  it('do not come back by a second revocation or a rotation', () => {
    const known = new KnownTokens();
    taking(known, created('one', 0, 500), revoked('one', 1), created('two', 26, 500), revoked('one', 26));
    expect(taking(known, event('token.rotated', 'one', 26, { secret_digest: 'sha256:b', previous_until: at(27) }))).toEqual(['two']);
  });
});
