import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack, type Header } from 'tar-stream';
import { unpackArtifact } from './artifact-unpack';

type Entry = Partial<Header> & { name: string; content?: string };

async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of entries) archive.entry(header, content ?? '');
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('unpacking an artifact', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'slipway-unpack-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const unpack = async (tarball: Buffer, digest = `sha256:${createHash('sha256').update(tarball).digest('hex')}`): Promise<string> => {
    const target = join(directory, 'target');
    const order = { digest, target, inventory: join(directory, 'target.json'), work: join(directory, 'work') };
    await unpackArtifact(order, Readable.from([tarball]));
    return target;
  };

  it('gives the files, read-only, executable where they were, with links that stay inside, and an inventory', async () => {
    const target = await unpack(
      await tar([
        { name: './', type: 'directory' },
        { name: './bin/run', mode: 0o755, content: 'run' },
        { name: 'lib/a.txt', content: 'a' },
        { name: 'lib/link', type: 'symlink', linkname: '../bin/run' },
      ]),
    );
    expect(readFileSync(join(target, 'bin/run'), 'utf8')).toBe('run');
    expect(statSync(join(target, 'bin/run')).mode & 0o777).toBe(0o555);
    expect(statSync(join(target, 'lib/a.txt')).mode & 0o777).toBe(0o444);
    expect(readlinkSync(join(target, 'lib/link'))).toBe('../bin/run');
    const inventory = JSON.parse(readFileSync(join(directory, 'target.json'), 'utf8')) as { files: { path: string }[] };
    expect(inventory.files.map(({ path }) => path).sort()).toEqual(['bin/run', 'lib/a.txt']);
    expect(readdirSync(directory).sort()).toEqual(['target', 'target.json']);
  });

  const hostile: readonly (readonly [string, readonly Entry[]])[] = [
    ['absolute path', [{ name: '/etc/passwd' }]],
    ['leaves the artifact', [{ name: 'a/../../b' }]],
    ['leads out', [{ name: 'link', type: 'symlink', linkname: '../outside' }]],
    ['leads out', [{ name: 'link', type: 'symlink', linkname: '/etc' }]],
    ['lies below', [{ name: 'a', type: 'symlink', linkname: 'b' }, { name: 'a/c' }]],
    ['lies below', [{ name: 'a/c' }, { name: 'a', type: 'symlink', linkname: 'b' }]],
    ['is a link', [{ name: 'a' }, { name: 'b', type: 'link', linkname: 'a' }]],
    ['is a character-device', [{ name: 'null', type: 'character-device' }]],
    ['is a fifo', [{ name: 'pipe', type: 'fifo' }]],
    ['is in it twice', [{ name: 'a' }, { name: './a' }]],
    ['nested deeper', [{ name: `${'d/'.repeat(70)}f` }]],
  ];
  it.each(hostile)('refuses what %s (%#), and leaves nothing', async (reason, entries) => {
    await expect(unpack(await tar(entries))).rejects.toMatchObject({
      code: 'artifact_invalid',
      message: expect.stringContaining(reason) as string,
    });
    expect(readdirSync(directory)).toEqual([]);
  });

  it('refuses other bytes than the digest names, a torn tarball, and bytes that are no tarball', async () => {
    const tarball = await tar([{ name: 'a', content: 'x'.repeat(5000) }]);
    await expect(unpack(tarball, `sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ code: 'artifact_invalid' });
    await expect(unpack(tarball.subarray(0, 2000))).rejects.toMatchObject({ code: 'artifact_invalid' });
    await expect(unpack(Buffer.from('no tarball'.repeat(100)))).rejects.toMatchObject({ code: 'artifact_invalid' });
    expect(existsSync(join(directory, 'target'))).toBe(false);
  });
});
