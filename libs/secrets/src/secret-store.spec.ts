import { randomBytes } from 'node:crypto';
import { inMemoryBucket } from './in-memory-bucket';
import { open, seal } from './seal';
import { newKeys, secretStoreCases } from './secret-store.cases.fixture';
import { SecretKeys } from './secret-keys';
import { SecretStore } from './secret-store';

describe('secrets in an in-memory bucket', () => {
  secretStoreCases(async () => inMemoryBucket());

  it('are nowhere in it in the clear', async () => {
    const bucket = inMemoryBucket();
    const secrets = new SecretStore(bucket, newKeys());
    await secrets.put({ projectId: 'shop', environmentId: 'env-a' }, 'database', 'correct horse', { actorId: 'ada', now: '' });
    expect(JSON.stringify([...bucket.entries])).not.toContain('correct horse');
    expect(JSON.stringify([...bucket.entries])).not.toContain(Buffer.from('correct horse').toString('base64'));
  });
});

describe('a sealed value', () => {
  const place = { projectId: 'shop', environmentId: 'env-a', name: 'database', version: 1 };
  const keys = newKeys();

  it.each([
    ['another project', { ...place, projectId: 'other' }],
    ['another environment', { ...place, environmentId: 'env-b' }],
    ['another name', { ...place, name: 'token' }],
    ['another version', { ...place, version: 2 }],
  ])('does not open in %s', (_where, elsewhere) => {
    expect(() => open(keys, elsewhere, seal(keys, place, 'value'))).toThrow(expect.objectContaining({ code: 'dependency_failed' }));
  });
  it('does not open when a bit of it flipped', () => {
    const sealed = seal(keys, place, 'value');
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    bytes[0]! ^= 1;
    expect(() => open(keys, place, { ...sealed, ciphertext: bytes.toString('base64') })).toThrow(/does not open/);
  });
  it('says so when the key is another one', () => {
    expect(() => open(newKeys(), place, seal(keys, place, 'value'))).toThrow(/not given any more/);
  });
  it('opens with an earlier key as long as that is given, and is sealed with the first', () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)].map((bytes) => bytes.toString('base64'));
    const before = seal(SecretKeys.parse(older!), place, 'before');
    const both = SecretKeys.parse(`${newer}\n${older}\n`);
    expect(open(both, place, before)).toBe('before');
    const after = seal(both, place, 'after');
    expect(open(SecretKeys.parse(newer!), place, after)).toBe('after');
    expect(() => open(SecretKeys.parse(newer!), place, before)).toThrow(/not given any more/);
  });
  it('looks different every time', () => {
    expect(seal(keys, place, 'value').ciphertext).not.toBe(seal(keys, place, 'value').ciphertext);
  });
});

describe('keys', () => {
  it.each([
    '',
    'short',
    `${Buffer.alloc(32).toString('base64')}\nshort`,
    Buffer.alloc(31).toString('base64'),
    'not base64 at all, but long enough to be a key',
  ])('are refused when they are not 32 bytes in base64: %p', (text) => {
    expect(() => SecretKeys.parse(text)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
  it('do not show in JSON', () => {
    expect(JSON.stringify({ keys: newKeys() })).toBe('{"keys":"[secret keys]"}');
  });
  it('give fingerprints that tell places apart', () => {
    const keys = newKeys();
    const place = { projectId: 'shop', environmentId: 'env-a', name: 'database' };
    expect(keys.fingerprint(place, 'v')).toBe(keys.fingerprint(place, 'v'));
    expect(keys.fingerprint(place, 'v')).not.toBe(keys.fingerprint({ ...place, environmentId: 'env-b' }, 'v'));
  });
});
