import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonical, good, gzip, MANIFEST, summary, tar, type Entry } from './bundle.fixture';

/** Packed by GNU tar in several ways out of real files; each must give the same artifact. */
describe('the canonical form', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-spec-'));
  const content = join(folder, 'hello');
  const deep = 'd'.repeat(70);
  beforeAll(() => {
    mkdirSync(join(content, deep, deep), { recursive: true });
    mkdirSync(join(content, 'empty'));
    writeFileSync(join(content, 'slipway.yaml'), MANIFEST);
    writeFileSync(join(content, 'run.sh'), '#!/bin/sh\n');
    chmodSync(join(content, 'run.sh'), 0o750);
    writeFileSync(join(content, deep, deep, 'ünïcode.txt'), 'x'.repeat(5000));
    symlinkSync('../run.sh', join(content, deep, 'link'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const packed = (...args: string[]): Buffer => {
    const file = join(folder, 'packed');
    execFileSync('tar', ['-cf', file, ...args]);
    return readFileSync(file);
  };

  it('is the same whatever packed it', async () => {
    const reference = await canonical(packed('-C', content, '.'));
    const variants = {
      gzip: packed('-z', '-C', content, '.'),
      'one folder around it': packed('-C', folder, 'hello'),
      ustar: packed('--format=ustar', '-C', content, '.'),
      pax: packed('--format=pax', '-C', content, '.'),
      'other times and owners': packed('--mtime=2020-01-01', '--owner=7', '--group=7', '-C', content, '.'),
      'another order': packed('-C', content, 'run.sh', 'empty', deep, 'slipway.yaml'),
    };
    for (const [name, variant] of Object.entries(variants))
      expect([name, (await canonical(variant)).equals(reference)]).toEqual([name, true]);
  });

  it('is stable from release to release', async () => {
    expect((await summary(await good({ name: 'bin/tool', content: 'x', mode: 0o755 }))).digest).toBe(
      'sha256:59e2cf3541ef7b1ce92d71d18a846c59effc3dae756238ce8047b80d6e28c61c',
    );
  });

  it('unpacks with tar to what went in', async () => {
    const file = join(folder, 'canonical.tar');
    const out = join(folder, 'out');
    mkdirSync(out);
    const long = 'n'.repeat(200);
    writeFileSync(join(content, deep, deep, long), 'far down');
    symlinkSync(`${deep}/${long}`, join(content, deep, 'far'));
    writeFileSync(file, await canonical(packed('-C', content, '.')));
    execFileSync('tar', ['-xf', file, '-C', out]);
    execFileSync('diff', ['-r', '--no-dereference', content, out]);
    const listing = execFileSync('tar', ['-tvf', file, '--numeric-owner', '--utc', '--full-time'], { encoding: 'utf8' }).split('\n');
    expect(listing.find((line) => line.endsWith(' run.sh'))).toMatch(/^-rwxr-xr-x 0\/0 +\d+ 1970-01-01 00:00:00/);
  });

  it('keeps a second hard link as a file of its own', async () => {
    const linked = await tar(
      { name: 'slipway.yaml', content: MANIFEST },
      { name: 'a', content: 'same' },
      { name: 'b', type: 'link', linkname: 'a' },
    );
    const copied = await tar({ name: 'slipway.yaml', content: MANIFEST }, { name: 'b', content: 'same' }, { name: 'a', content: 'same' });
    expect((await canonical(linked)).equals(await canonical(copied))).toBe(true);
  });

  it('differs when a byte, a mode or a name differs', async () => {
    const of = async (entry: Entry) => (await summary(gzip(await good(entry)))).digest;
    const digests = await Promise.all([
      of({ name: 'f', content: 'a' }),
      of({ name: 'f', content: 'b' }),
      of({ name: 'f', content: 'a', mode: 0o755 }),
      of({ name: 'g', content: 'a' }),
      of({ name: 'f', type: 'symlink', linkname: 'server.js' }),
    ]);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('counts files and reads the manifest', async () => {
    const bundle = await summary(await good({ name: 'sub/', type: 'directory' }, { name: 'sub/x', content: '1' }));
    expect(bundle).toMatchObject({ files: 3, manifest: { processes: { web: { command: ['node', 'server.js'], port: true } } } });
  });
});
