import { CommandIdentities } from './command-identity';
import { PositionMemory } from './position-memory';

describe('CommandIdentities', () => {
  const identities = new CommandIdentities('key');
  const place = ['POST', '/deploy/releases/:id/apply', 'rel-1'];

  it('names the same command for the same caller, place and key, whatever the order of members', () => {
    expect(identities.of('a', place, 'k', { x: 1, y: 2 })).toEqual(identities.of('a', place, 'k', { y: 2, x: 1 }));
  });

  it('names another command for another caller, place or key', () => {
    const ids = [
      identities.of('a', place, 'k', {}),
      identities.of('b', place, 'k', {}),
      identities.of('a', ['POST', '/x', 'rel-1'], 'k', {}),
      identities.of('a', [...place.slice(0, 2), 'rel-2'], 'k', {}),
      identities.of('a', place, 'l', {}),
      identities.of('a', place, undefined, {}),
      identities.of('a', place, undefined, {}),
    ].map(({ commandId }) => commandId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells a reused key by the digest, which nobody can guess a secret from', () => {
    const request = { variables: { PASSWORD: { secret: 'hunter2' } } };
    const { requestDigest } = identities.of('a', place, 'k', request);
    expect(requestDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(identities.of('a', place, 'k', { variables: {} }).requestDigest).not.toBe(requestDigest);
    expect(new CommandIdentities('other key').of('a', place, 'k', request).requestDigest).not.toBe(requestDigest);
  });

  it.each(['', 'two words', 'x'.repeat(201), 'é', ['a', 'b']])('refuses %j as a key', (key) => {
    expect(() => identities.of('a', place, key, {})).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

describe('PositionMemory', () => {
  it('asks for the later of what is remembered and what the header says', () => {
    const memory = new PositionMemory();
    expect(memory.needed('a', undefined)).toBeNull();
    memory.remember('a', 5);
    memory.remember('a', 3);
    expect(memory.needed('a', undefined)).toBe(5);
    expect(memory.needed('a', '9')).toBe(9);
    expect(memory.needed('a', '2')).toBe(5);
    expect(memory.needed('b', undefined)).toBeNull();
  });

  it('forgets the least recent caller beyond its bound', () => {
    const memory = new PositionMemory();
    for (let index = 0; index <= 10_000; index++) memory.remember(`actor-${index}`, 1);
    expect(memory.needed('actor-0', undefined)).toBeNull();
    expect(memory.needed('actor-10000', undefined)).toBe(1);
  });

  it.each(['-1', '1.5', 'x', '9'.repeat(16)])('refuses %s', (header) => {
    expect(() => new PositionMemory().needed('a', header)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});
