import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Header, type Pack } from 'tar-stream';

/** Never part of an artifact. */
const LEFT_OUT = new Set(['.git', '.DS_Store', '.slipway']);
/** Every entry has the same time and owner, so that the same files give the same bytes. */
const FIXED = { mtime: new Date(0), uid: 0, gid: 0, uname: '', gname: '' } as const;
const EXECUTABLE = 0o111;

/**
 * A directory as a tarball (plain tar, as an artifact is uploaded): entries sorted by path, no times, no owners; equal content
 * gives equal bytes. Files, directories and symbolic links that stay inside.
 * @throws Error naming the path for anything else: a link that leads out, a device, a socket.
 */
export function packDirectory(directory: string): Readable {
  const archive = pack();
  void addDirectory(archive, resolve(directory), resolve(directory)).then(
    () => archive.finalize(),
    (error: Error) => archive.destroy(error),
  );
  return Readable.from(archive as AsyncIterable<Buffer>, { objectMode: false });
}

async function addDirectory(archive: Pack, root: string, directory: string): Promise<void> {
  for (const name of (await readdir(directory)).sort()) {
    if (!LEFT_OUT.has(name)) await addEntry(archive, root, join(directory, name));
  }
}

async function addEntry(archive: Pack, root: string, path: string): Promise<void> {
  const stat = await lstat(path);
  const name = relative(root, path).split(sep).join('/');
  if (stat.isDirectory()) {
    await add(archive, { ...FIXED, name: `${name}/`, type: 'directory', mode: 0o755 });
    return addDirectory(archive, root, path);
  }
  if (stat.isSymbolicLink()) {
    return add(archive, { ...FIXED, name, type: 'symlink', mode: 0o777, linkname: await linkInside(root, path) });
  }
  if (!stat.isFile()) throw new Error(`${path} is neither a file, a directory nor a symbolic link; an artifact cannot hold it`);
  const mode = (stat.mode & EXECUTABLE) === 0 ? 0o644 : 0o755;
  const entry = archive.entry({ ...FIXED, name, type: 'file', mode, size: stat.size });
  await pipeline(createReadStream(path), entry);
}

async function linkInside(root: string, path: string): Promise<string> {
  const target = await readlink(path);
  const reached = resolve(dirname(path), target);
  if (reached === root || reached.startsWith(root + sep)) return target;
  throw new Error(`${path} leads out of the directory (to ${target}); an artifact holds only what is inside`);
}

const add = (archive: Pack, header: Partial<Header> & { name: string }): Promise<void> =>
  new Promise((done, reject) => archive.entry(header, (error) => (error ? reject(error) : done())));

/** All bytes of a stream. */
export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
