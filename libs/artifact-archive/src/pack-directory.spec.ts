import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { bytesOf, packDirectory } from './pack-directory';

function example(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pack-'));
  mkdirSync(join(directory, 'bin'));
  writeFileSync(join(directory, 'bin', 'run'), '#!/bin/sh\n');
  chmodSync(join(directory, 'bin', 'run'), 0o700);
  writeFileSync(join(directory, 'slipway.yaml'), 'api_version: slipway/v1\n');
  symlinkSync('bin/run', join(directory, 'run'));
  return directory;
}

async function namesIn(tarball: Buffer): Promise<string[]> {
  const names: string[] = [];
  const reader = extract();
  reader.on('entry', (header, stream, next) => {
    names.push(`${header.name} ${header.type} ${header.mode?.toString(8)}`);
    stream.on('end', next).resume();
  });
  reader.end(tarball);
  await new Promise<void>((resolve, reject) => reader.on('finish', () => resolve()).on('error', reject));
  return names;
}

describe('packDirectory', () => {
  it('gives the same bytes for the same content, whatever its times and modes of owner', async () => {
    const first = example();
    const second = mkdtempSync(join(tmpdir(), 'pack-'));
    cpSync(first, second, { recursive: true, verbatimSymlinks: true });
    utimesSync(join(second, 'slipway.yaml'), 1, 1);
    chmodSync(join(second, 'slipway.yaml'), 0o600);
    const tarball = await bytesOf(packDirectory(first));
    expect((await bytesOf(packDirectory(second))).equals(tarball)).toBe(true);
    expect(await namesIn(tarball)).toEqual(['bin/ directory 755', 'bin/run file 755', 'run symlink 777', 'slipway.yaml file 644']);
  });

  it('tells changed content apart', async () => {
    const directory = example();
    const before = await bytesOf(packDirectory(directory));
    writeFileSync(join(directory, 'bin', 'run'), '#!/bin/SH\n');
    expect((await bytesOf(packDirectory(directory))).equals(before)).toBe(false);
  });

  it('refuses a link that leads out', async () => {
    const directory = example();
    symlinkSync('/etc/passwd', join(directory, 'passwd'));
    await expect(bytesOf(packDirectory(directory))).rejects.toThrow('leads out of the directory');
  });

  it('leaves version control out', async () => {
    const directory = example();
    mkdirSync(join(directory, '.git'));
    writeFileSync(join(directory, '.git', 'HEAD'), 'ref');
    expect((await namesIn(await bytesOf(packDirectory(directory)))).some((name) => name.startsWith('.git'))).toBe(false);
  });
});
