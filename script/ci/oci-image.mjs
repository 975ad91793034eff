/**
 * An image without a registry or a builder: files of this machine as one layer, written as an OCI layout tar.
 *
 *   node oci-image.mjs --out image.tar --name docker.io/slipway/web:1 --file /bin/busybox=/bin/busybox --entrypoint '["/bin/busybox"]'
 *
 *   --program FILE=PATH   as --file, together with the shared objects that the program needs
 *   --link PATH=TARGET    a symbolic link
 *   --env NAME=VALUE, --user ID
 *
 * Prints the digest of the image's manifest. The same files give the same digest.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { pack } from 'tar-stream';

const many = { type: 'string', multiple: true, default: [] };
const { values: given } = parseArgs({
  options: {
    out: { type: 'string' },
    name: { type: 'string' },
    entrypoint: { type: 'string', default: '[]' },
    user: { type: 'string', default: '1000:1000' },
    file: many,
    program: many,
    link: many,
    env: many,
  },
});
if (!given.out || !given.name) throw new Error('--out and --name are needed');

const split = (pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
const sha256 = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const EPOCH = new Date(0);

/** The program's shared objects at the paths where its loader looks for them; none of a static one, for which ldd fails. */
const sharedObjects = (file) =>
  [...spawnSync('ldd', [file], { encoding: 'utf8' }).stdout.matchAll(/(\/\S+\.so\S*)/g)].map(([, path]) => path);

const files = new Map(given.file.map(split).map(([source, path]) => [path, source]));
for (const [source, path] of given.program.map(split)) {
  files.set(path, source);
  for (const library of sharedObjects(source)) files.set(library, library);
}
const links = new Map(given.link.map(split));

async function tarOf(write) {
  const archive = pack();
  const chunks = [];
  const reading = (async () => {
    for await (const chunk of archive) chunks.push(chunk);
  })();
  await write((header, content) => new Promise((resolve, reject) => archive.entry(header, content, (e) => (e ? reject(e) : resolve()))));
  archive.finalize();
  await reading;
  return Buffer.concat(chunks);
}

const layer = await tarOf(async (entry) => {
  const directories = new Set(['/tmp', '/etc']);
  for (const path of [...files.keys(), ...links.keys()]) for (let at = dirname(path); at !== '/'; at = dirname(at)) directories.add(at);
  for (const name of [...directories].sort())
    await entry({ name: `${name.slice(1)}/`, type: 'directory', mode: name === '/tmp' ? 0o1777 : 0o755, mtime: EPOCH });
  for (const [path, source] of [...files].sort()) await entry({ name: path.slice(1), mode: 0o755, mtime: EPOCH }, readFileSync(source));
  for (const [path, target] of [...links].sort()) await entry({ name: path.slice(1), type: 'symlink', linkname: target, mtime: EPOCH });
  await entry({ name: 'etc/passwd', mtime: EPOCH }, 'root:x:0:0:root:/:/bin/sh\napp:x:1000:1000:app:/tmp:/bin/sh\n');
});

const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
const config = Buffer.from(
  JSON.stringify({
    architecture,
    os: 'linux',
    config: {
      Entrypoint: JSON.parse(given.entrypoint),
      User: given.user,
      WorkingDir: '/tmp',
      Env: ['PATH=/usr/local/bin:/usr/bin:/bin', ...given.env],
    },
    rootfs: { type: 'layers', diff_ids: [sha256(layer)] },
    history: [{ created: EPOCH.toISOString(), created_by: 'slipway oci-image' }],
  }),
);
const descriptor = (mediaType, bytes) => ({ mediaType, digest: sha256(bytes), size: bytes.length });
const manifest = Buffer.from(
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor('application/vnd.oci.image.config.v1+json', config),
    layers: [descriptor('application/vnd.oci.image.layer.v1.tar', layer)],
  }),
);
const index = {
  schemaVersion: 2,
  manifests: [
    {
      ...descriptor('application/vnd.oci.image.manifest.v1+json', manifest),
      platform: { architecture, os: 'linux' },
      annotations: { 'io.containerd.image.name': given.name, 'org.opencontainers.image.ref.name': given.name.split(':').at(-1) },
    },
  ],
};

const layout = await tarOf(async (entry) => {
  await entry({ name: 'oci-layout', mtime: EPOCH }, JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await entry({ name: 'index.json', mtime: EPOCH }, JSON.stringify(index));
  for (const blob of [config, layer, manifest]) await entry({ name: `blobs/sha256/${sha256(blob).slice(7)}`, mtime: EPOCH }, blob);
});
await pipeline([layout], createWriteStream(given.out));
process.stdout.write(`${sha256(manifest)}\n`);
