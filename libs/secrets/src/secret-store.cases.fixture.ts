import { randomBytes } from 'node:crypto';
import { SecretKeys } from './secret-keys';
import { SecretStore } from './secret-store';
import type { SecretBucket } from './secret-bucket';

export const newKeys = (): SecretKeys => SecretKeys.parse(randomBytes(32).toString('base64'));

/** What the store promises on any bucket. */
export function secretStoreCases(makeBucket: () => Promise<SecretBucket>): void {
  const scope = { projectId: 'shop', environmentId: 'env-a' };
  const by = { actorId: 'ada', now: '2026-01-01T00:00:00.000Z' };
  let bucket: SecretBucket;
  let secrets: SecretStore;
  beforeEach(async () => {
    bucket = await makeBucket();
    secrets = new SecretStore(bucket, newKeys());
  });

  it('gives out what a pin names, also after newer versions', async () => {
    await secrets.put(scope, 'database', 'first value', by);
    const pin = await secrets.pin(scope, 'database');
    await secrets.put(scope, 'database', 'second value', by);
    expect(await secrets.reveal(scope, pin)).toBe('first value');
    expect(await secrets.reveal(scope, await secrets.pin(scope, 'database'))).toBe('second value');
  });

  it('keeps the version when the value is the same', async () => {
    const first = await secrets.put(scope, 'database', 'same value', by);
    expect(await secrets.put(scope, 'database', 'same value', { ...by, actorId: 'bob' })).toEqual(first);
  });

  it('gives every one of racing writers a version of its own', async () => {
    const heads = await Promise.all(['a', 'b', 'c', 'd'].map((letter) => secrets.put(scope, 'database', `value ${letter}`, by)));
    expect(new Set(heads.map(({ version }) => version)).size).toBe(4);
    const latest = await secrets.pin(scope, 'database');
    expect(heads.map(({ fingerprint }) => fingerprint)).toContain(latest.fingerprint);
  });

  it('goes on where a writer died between version and head', async () => {
    await secrets.put(scope, 'database', 'first value', by);
    await bucket.create('shop.env-a.database.2', '{}');
    expect(await secrets.put(scope, 'database', 'third value', by)).toMatchObject({ version: 3 });
  });

  it('lists names, versions and fingerprints of one environment, and no value', async () => {
    await secrets.put(scope, 'token', 'the token itself', by);
    await secrets.put(scope, 'database', 'the password itself', by);
    await secrets.put({ ...scope, environmentId: 'env-b' }, 'elsewhere', 'another value', by);
    const list = await secrets.list(scope);
    expect(list.map(({ name, version }) => [name, version])).toEqual([
      ['database', 1],
      ['token', 1],
    ]);
    expect(JSON.stringify(list)).not.toContain('itself');
  });

  it('seals the same value once, under a name that nobody can put', async () => {
    const pin = await secrets.sealValue(scope, 'inline value');
    expect(await secrets.sealValue(scope, 'inline value')).toEqual(pin);
    expect(await secrets.reveal(scope, pin)).toBe('inline value');
    await expect(secrets.put(scope, pin.secret_ref, 'other', by)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('forgets all of an environment, and of no other', async () => {
    await secrets.put(scope, 'database', 'first value', by);
    await secrets.put(scope, 'database', 'second value', by);
    const inline = await secrets.sealValue(scope, 'inline value');
    const elsewhere = { ...scope, environmentId: 'env-b' };
    await secrets.put(elsewhere, 'database', 'kept', by);
    await secrets.forget(scope);
    expect(await bucket.keys('shop.env-a.*.*')).toEqual([]);
    await expect(secrets.reveal(scope, inline)).rejects.toMatchObject({ code: 'unknown_resource' });
    expect(await secrets.reveal(elsewhere, await secrets.pin(elsewhere, 'database'))).toBe('kept');
  });

  it('knows nothing of secrets elsewhere', async () => {
    await secrets.put(scope, 'database', 'a value', by);
    const pin = await secrets.pin(scope, 'database');
    await expect(secrets.pin({ ...scope, projectId: 'other' }, 'database')).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(secrets.reveal({ ...scope, environmentId: 'env-b' }, pin)).rejects.toMatchObject({ code: 'unknown_resource' });
  });
}
