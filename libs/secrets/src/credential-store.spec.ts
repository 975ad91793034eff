import { randomBytes } from 'node:crypto';
import { CredentialStore } from './credential-store';
import { inMemoryBucket } from './in-memory-bucket';
import { SecretKeys } from './secret-keys';

const NOW = '2026-11-20T00:00:00.000Z';
const place = { projectId: 'demo', targetId: 'tgt-1', endpoint: 'ssh://deploy@host:22' };
const token = (text: string) => ({ kind: 'bearer_token', token: text }) as const;

describe('credentials of targets', () => {
  const bucket = inMemoryBucket();
  const store = new CredentialStore(bucket, SecretKeys.parse(randomBytes(32).toString('base64')));
  beforeEach(() => bucket.entries.clear());

  it('open for the endpoint that they were given for, and are nowhere in clear', async () => {
    const pin = await store.put(place, token('s3cret'), NOW);
    expect(pin).toMatchObject({ kind: 'bearer_token', version: 1, stored_at: NOW });
    expect(await store.reveal(place, pin)).toEqual(token('s3cret'));
    expect(JSON.stringify([...bucket.entries, pin])).not.toContain('s3cret');
  });
  it.each([
    ['endpoint', { endpoint: 'ssh://deploy@evil:22' }],
    ['target', { targetId: 'tgt-2' }],
    ['project', { projectId: 'other' }],
  ])('do not open for another %s, not even when the ciphertext was copied there', async (_what, other) => {
    const pin = await store.put(place, token('s3cret'), NOW);
    const moved = { ...place, ...other };
    const [stored] = [...bucket.entries.values()];
    bucket.entries.set(`${moved.projectId}.credential.${moved.targetId}.1`, stored!);
    await expect(store.reveal(moved, pin)).rejects.toMatchObject({ code: 'credential_refused' });
  });
  it('are a new version when they change, and the same version when they do not', async () => {
    const first = await store.put(place, token('one'), NOW);
    expect(await store.put(place, token('one'), '2027-01-01T00:00:00.000Z')).toEqual(first);
    const second = await store.put(place, token('two'), NOW);
    expect(second.version).toBe(2);
    expect(await store.reveal(place, first)).toEqual(token('one'));
    await store.forgetBefore(place, 2);
    await expect(store.reveal(place, first)).rejects.toMatchObject({ code: 'credential_refused' });
    expect(await store.reveal(place, second)).toEqual(token('two'));
  });
  it('are all gone when their target is, and no other target misses any', async () => {
    const other = { ...place, targetId: 'tgt-2' };
    await store.put(place, token('one'), NOW);
    await store.put(place, token('two'), NOW);
    await store.put({ ...place, use: 'prometheus' }, { kind: 'basic_auth', username: 'slipway', password: 'open sesame' }, NOW);
    const pin = await store.put(other, token('kept'), NOW);
    await store.forget(place);
    expect([...bucket.entries.keys()]).toEqual(['demo.credential.tgt-2.1']);
    expect(await store.reveal(other, pin)).toEqual(token('kept'));
  });
  it('of a target and of its Prometheus have versions of their own, and neither opens as the other', async () => {
    const login = { kind: 'basic_auth', username: 'slipway', password: 'open sesame' } as const;
    const prometheus = { ...place, use: 'prometheus' } as const;
    const pin = await store.put(place, token('s3cret'), NOW);
    const pinned = await store.put(prometheus, login, NOW);
    expect([pin.version, pinned.version]).toEqual([1, 1]);
    await store.forgetBefore(place, 2);
    expect(await store.reveal(prometheus, pinned)).toEqual(login);
    const [stored] = [...bucket.entries.values()];
    bucket.entries.set(`${place.projectId}.credential.${place.targetId}.1`, stored!);
    await expect(store.reveal(place, pinned)).rejects.toMatchObject({ code: 'credential_refused' });
  });
});
