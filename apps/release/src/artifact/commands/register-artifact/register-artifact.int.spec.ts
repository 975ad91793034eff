import { sha256, type ArtifactView, type RpcRequest } from '@slipway/contracts';
import type { BlobStore } from '@slipway/blob-store';
import { startRelease, type Caller, type ReleaseUnderTest } from '../../../release-service.fixture';
import { good, gzip, MANIFEST, tar } from '../../bundle/bundle.fixture';

describe('registering an artifact', () => {
  let world: ReleaseUnderTest;
  let developer: Caller;
  let blobs: BlobStore;
  beforeAll(async () => {
    world = await startRelease({ SLIPWAY_ARTIFACT_MAX_ENTRIES: '100' });
    developer = world.as('developer');
    blobs = world.blobs;
    await world.others.project('demo');
    await developer.call('create-service', { project: 'demo', name: 'hello' });
    await developer.call('create-service', { project: 'demo', name: 'other' });
  }, 60_000);
  afterAll(() => world?.stop());

  type Request = RpcRequest<'release', 'register-artifact'>;
  const register = async (tarball: Buffer, given: Partial<Request> = {}): Promise<ArtifactView> =>
    developer.call('register-artifact', {
      project: 'demo',
      service: 'hello',
      version: '1.0.0',
      upload: await world.upload(tarball),
      ...given,
    });
  const eventsOf = async (id: string) => world.log.read({ projectId: 'demo', type: 'artifact', id });

  it('stores the canonical archive under its digest, and answers what it is', async () => {
    const artifact = await register(gzip(await good()), { version: '1.0.0', source_revision: 'abc123' });
    expect(artifact).toMatchObject({ version: '1.0.0', files: 2, source_revision: 'abc123', change_id: null, registered_by: 'developer' });
    const stored: Uint8Array[] = [];
    for await (const chunk of await blobs.get(artifact.digest)) stored.push(chunk);
    expect(sha256(Buffer.concat(stored))).toBe(artifact.digest);
    expect(Buffer.concat(stored)).toHaveLength(artifact.size_bytes);
    expect(await developer.call('get-artifact', { id: artifact.artifact_id })).toEqual(artifact);
    expect((await developer.call('list-artifacts', { project: 'demo', service: 'hello' })).items).toEqual([artifact]);
  });

  it('answers the same for the same content however packed, and records nothing', async () => {
    const first = await register(gzip(await good()), { version: '2' });
    const entries = [
      { name: 'hello/server.js', content: 'serve()' },
      { name: 'hello/slipway.yaml', content: MANIFEST, mtime: new Date(0) },
    ];
    expect(await register(await tar(...entries), { version: '2', source_revision: 'other' })).toEqual(first);
    expect(await eventsOf(first.artifact_id)).toHaveLength(1);
  });

  it('refuses other content under the same version, and says what to do', async () => {
    const first = await register(await good(), { version: '3' });
    const other = await good({ name: 'more', content: 'x' });
    await expect(register(other, { version: '3' })).rejects.toMatchObject({
      code: 'artifact_immutable',
      message: expect.stringContaining('new version'),
      details: { registered_digest: first.digest },
    });
    expect(await eventsOf(first.artifact_id)).toHaveLength(1);
  });

  it('refuses what it must not unpack, and appends nothing', async () => {
    const before = await world.log.position();
    const many = Array.from({ length: 150 }, (_, index) => ({ name: `f${index}`, content: '' }));
    await expect(register(await good({ name: '../out', content: 'x' }), { version: '4' })).rejects.toMatchObject({
      code: 'artifact_invalid',
    });
    await expect(register(await good(...many), { version: '4' })).rejects.toMatchObject({ code: 'artifact_too_large' });
    await expect(register(await good(), { version: '4', service: 'nothing' })).rejects.toMatchObject({ code: 'unknown_resource' });
    expect(await world.log.position()).toBe(before);
  });

  it('removes the upload whatever comes of it', async () => {
    const uploads = [await world.upload(await good()), await world.upload(Buffer.from('no archive'))];
    await developer.call('register-artifact', { project: 'demo', service: 'hello', version: '5', upload: uploads[0]! });
    await expect(
      developer.call('register-artifact', { project: 'demo', service: 'hello', version: '6', upload: uploads[1]! }),
    ).rejects.toMatchObject({
      code: 'artifact_invalid',
    });
    for (const upload of uploads) await expect(blobs.getNamed(upload)).rejects.toMatchObject({ code: 'unknown_resource' });
  });

  it('carries the change it belongs to, which must name the service', async () => {
    const change = await developer.call('record-change', {
      project: 'demo',
      services: ['hello'],
      source_revision: 'def456',
      summary: 'faster',
    });
    expect(await developer.call('get-change', { id: change.change_id })).toEqual(change);
    expect((await developer.call('list-changes', { project: 'demo' })).items).toEqual([change]);
    const artifact = await register(await good(), { version: '7', change: change.change_id });
    expect(artifact).toMatchObject({ change_id: change.change_id, source_revision: 'def456' });
    const foreign = register(await good(), { version: '7', service: 'other', change: change.change_id });
    await expect(foreign).rejects.toMatchObject({ code: 'invalid_reference' });
  });
});
