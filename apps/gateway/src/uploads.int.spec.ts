import { randomBytes } from 'node:crypto';
import { Objm } from '@nats-io/obj';
import { BUCKETS, sha256 } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { BlobSweep } from './artifacts/blob-sweep';
import { ok, startGatewayBench, type GatewayBench, type RpcCall } from './fixture/gateway.fixture';
import { sampleOf } from './fixture/sample.fixture';
import { routeNamed } from './routes/route-table';

const MAX_BYTES = 2_000_000;
const view = sampleOf(routeNamed('uploadArtifact').response);

describe('uploads', () => {
  let bench: GatewayBench;
  let token: string;
  let stored: { call: RpcCall; digest: string }[];

  const objects = async () => new Objm(bench.bootstrap).open(BUCKETS.blobs);
  const uploadsLeft = async (): Promise<string[]> =>
    (await (await objects()).list()).filter(({ deleted }) => !deleted).map(({ name }) => name);
  const raw = async (
    body: NonNullable<RequestInit['body']>,
    query = 'project=demo&service=hello&version=1.0.0',
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(`${bench.url}/api/v1/artifacts?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/gzip', ...headers },
      body,
      ...{ duplex: 'half' },
    });
    return { status: response.status, body: (await response.json()) as { code?: string } };
  };
  const form = async (fields: Record<string, string>, files: Uint8Array[]) => {
    const data = new FormData();
    for (const file of files) data.append('file', new Blob([new Uint8Array(file)]), 'artifact.tgz');
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    const response = await fetch(`${bench.url}/api/v1/artifacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: data,
    });
    return { status: response.status, body: (await response.json()) as { code?: string } };
  };

  beforeAll(async () => {
    bench = await startGatewayBench({ SLIPWAY_MAX_ARTIFACT_BYTES: String(MAX_BYTES) });
    token = await bench.token({ projects: ['demo'] });
  });
  afterAll(() => bench.stop());
  beforeEach(() => {
    bench.forget();
    stored = [];
    bench.answer('rpc.release.register-artifact', async (call) => {
      const bytes = await (await objects()).getBlob(call.body['upload'] as string);
      stored.push({ call, digest: sha256(bytes!) });
      return ok(view, 3);
    });
  });
  afterEach(() => eventually(async () => (await uploadsLeft()).length === 0));

  it('that a killed process left are removed by and by', async () => {
    await (await objects()).putBlob({ name: 'upload-left' }, randomBytes(1_000));
    await bench.app.get(BlobSweep).sweep();
    expect(await uploadsLeft()).toEqual(['upload-left']);
    await bench.app.get(BlobSweep).sweep(0);
    expect(await uploadsLeft()).toEqual([]);
  });

  it('passes a raw tarball on by name, byte for byte, and takes it away afterwards', async () => {
    const tarball = randomBytes(700_000);
    expect(await raw(tarball)).toEqual({ status: 201, body: view });
    expect(stored[0]!.digest).toBe(sha256(tarball));
    expect(stored[0]!.call.body).toMatchObject({
      project: 'demo',
      service: 'hello',
      version: '1.0.0',
      upload: expect.stringMatching(/^upload-/),
    });
  });

  it('takes a form with its fields before or after the file', async () => {
    const tarball = randomBytes(10_000);
    expect(await form({ project: 'demo', service: 'hello', version: '2.0.0', source_revision: 'abc' }, [tarball])).toMatchObject({
      status: 201,
    });
    expect(stored[0]!.digest).toBe(sha256(tarball));
    expect(stored[0]!.call.body).toMatchObject({ version: '2.0.0', source_revision: 'abc' });
  });

  it('is the same command for the same key and content, and another digest for other content', async () => {
    const header = { 'idempotency-key': 'k-1' };
    const [first, second] = [randomBytes(100), randomBytes(100)];
    await raw(first, undefined, header);
    await raw(first, undefined, header);
    await raw(second, undefined, header);
    const of = (name: string): (string | undefined)[] => stored.map(({ call }) => call.headers.get(name));
    expect(new Set(of('Slipway-Command-Id')).size).toBe(1);
    const [a, b, c] = of('Slipway-Request-Digest');
    expect(a).toBe(b);
    expect(c).not.toBe(a);
  });

  it('refuses what is too large, by its length or by its bytes', async () => {
    expect(await raw(randomBytes(MAX_BYTES + 100_000))).toMatchObject({ status: 413, body: { code: 'artifact_too_large' } });
    const unannounced = new ReadableStream({
      pull(controller) {
        controller.enqueue(randomBytes(100_000));
      },
    });
    expect(await raw(unannounced)).toMatchObject({ status: 413, body: { code: 'artifact_too_large' } });
    const fields = { project: 'demo', service: 'hello', version: '1' };
    expect(await form(fields, [randomBytes(MAX_BYTES + 10)])).toMatchObject({ status: 413, body: { code: 'artifact_too_large' } });
    expect(stored).toEqual([]);
  });

  it('refuses fields that are missing, unknown or hostile, an empty upload, and a form that is none', async () => {
    const bytes = randomBytes(10);
    const fields = { project: 'demo', service: 'hello', version: '1.0.0' };
    const invalid = { status: 400, body: { code: 'invalid_request' } };
    expect(await raw(bytes, 'project=demo&service=hello')).toMatchObject(invalid);
    expect(await raw(bytes, 'project=demo&service=hello&version=../1')).toMatchObject(invalid);
    expect(await raw(bytes, 'project=demo&service=hello&version=1&surprise=1')).toMatchObject(invalid);
    expect(await form({ ...fields, version: '' }, [bytes])).toMatchObject(invalid);
    expect(await form({ ...fields, surprise: '1' }, [bytes])).toMatchObject(invalid);
    expect(await form({ ...fields, source_revision: 'a\0b' }, [bytes])).toMatchObject(invalid);
    expect(await form({ ...fields, __proto__x: '1' }, [bytes])).toMatchObject(invalid);
    expect(await form(fields, [])).toMatchObject(invalid);
    expect(await form(fields, [bytes, bytes])).toMatchObject(invalid);
    expect(await raw('')).toMatchObject({ status: 400, body: { code: 'artifact_invalid' } });
    const broken = await raw('hello', undefined, { 'content-type': 'multipart/form-data; boundary=x' });
    expect(broken.status).toBe(400);
    expect(stored).toEqual([]);
  });

  it('answers for another project as for none, wherever it is named', async () => {
    const unknown = { status: 404, body: { code: 'unknown_resource' } };
    expect(await raw('x', 'project=other&service=hello&version=1')).toMatchObject(unknown);
    expect(await form({ project: 'other', service: 'hello', version: '1' }, [randomBytes(10)])).toMatchObject(unknown);
    expect(stored).toEqual([]);
  });
});
