import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { posix } from 'node:path';
import { pack } from 'tar-stream';

export interface LayerFile {
  readonly path: string;
  readonly content: Buffer | string;
  readonly executable?: boolean;
}

/** A program and the shared objects that it loads, as files of a layer; `as`: where it stands. */
export function programFiles(file: string, as = file): LayerFile[] {
  const libraries = [...execFileSync('ldd', [file], { encoding: 'utf8' }).matchAll(/(\/[^ ]+\.so[^ ]*)/g)].map(([, path]) => path!);
  return [
    { path: as, content: readFileSync(realpathSync(file)), executable: true },
    ...[...new Set(libraries)].map((path) => ({ path, content: readFileSync(realpathSync(path)), executable: true })),
  ];
}

/** A layer as a plain tar, the same bytes for the same files. */
export async function layerOf(files: readonly LayerFile[]): Promise<Buffer> {
  const archive = pack();
  const chunks: Buffer[] = [];
  const reading = (async () => {
    for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  })();
  const mtime = new Date(0);
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const folders = new Set(sorted.flatMap(({ path }) => parents(path)));
  for (const name of ['tmp', ...folders].sort())
    archive.entry({ name: `${name}/`, type: 'directory', mode: name === 'tmp' ? 0o1777 : 0o755, mtime });
  for (const { path, content, executable } of sorted) {
    archive.entry({ name: path.replace(/^\//, ''), mode: executable ? 0o755 : 0o644, mtime }, content);
  }
  archive.finalize();
  await reading;
  return Buffer.concat(chunks);
}

function parents(path: string): string[] {
  const folder = posix.dirname(path).replace(/^\//, '');
  return folder === '' || folder === '.' ? [] : [...parents(folder), folder];
}
