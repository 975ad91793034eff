import { posix } from 'node:path';

export const ARTIFACT_LIMITS = { entries: 100_000, unpackedBytes: 4 * 1024 ** 3, pathLength: 1024, depth: 64 } as const;

export interface ArtifactEntry {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink';
  readonly size: number;
  readonly mode: number;
  readonly linkTarget: string | null;
}

/** The entry of a tar header as tar-stream gives it. */
export interface TarHeader {
  readonly name: string;
  readonly type?: string | null;
  readonly size?: number;
  readonly mode?: number;
  readonly linkname?: string | null;
}

/**
 * Judges a tarball by its listing before the first byte is unpacked: relative paths inside the artifact, each once, none
 * below a file or a link; files, directories and links that stay inside; bounded in number and size.
 */
export class ArtifactJudge {
  private readonly seen = new Map<string, ArtifactEntry>();
  private bytes = 0;

  get entries(): readonly ArtifactEntry[] {
    return [...this.seen.values()];
  }

  /** @throws Error with the reason for which the artifact is refused. */
  admit(header: TarHeader): void {
    const path = entryPath(header.name);
    if (path === '.') return;
    const entry: ArtifactEntry = {
      path,
      type: judgeType(header, path),
      size: header.size ?? 0,
      mode: header.mode ?? 0o644,
      linkTarget: header.type === 'symlink' ? judgeLink(path, header.linkname ?? '') : null,
    };
    const earlier = this.seen.get(path);
    if (earlier && !(earlier.type === 'directory' && entry.type === 'directory')) throw new Error(`'${path}' is in it twice`);
    this.seen.set(path, entry);
    this.bytes += entry.size;
    if (this.seen.size > ARTIFACT_LIMITS.entries) throw new Error(`it has more than ${ARTIFACT_LIMITS.entries} entries`);
    if (this.bytes > ARTIFACT_LIMITS.unpackedBytes) throw new Error(`it unpacks to more than ${ARTIFACT_LIMITS.unpackedBytes} bytes`);
  }

  /** After the last entry: nothing may lie below something that is no directory. */
  finish(): void {
    for (const { path } of this.seen.values()) {
      for (let parent = posix.dirname(path); parent !== '.'; parent = posix.dirname(parent)) {
        const above = this.seen.get(parent);
        if (above && above.type !== 'directory') throw new Error(`'${path}' lies below '${parent}', which is a ${above.type}`);
      }
    }
  }
}

/** The path of an entry within the artifact; `.` is the artifact itself. Throws on one that leads out. */
export function entryPath(name: string): string {
  if (name.includes('\0') || name.includes('\\')) throw new Error('it has a path with a character that is not allowed');
  if (name.length > ARTIFACT_LIMITS.pathLength) throw new Error('it has a path longer than 1024 characters');
  if (posix.isAbsolute(name)) throw new Error(`'${name}' is an absolute path`);
  if (name.split('/').includes('..')) throw new Error(`'${name}' leaves the artifact`);
  const path = posix.normalize(name).replace(/\/+$/, '');
  if (path.split('/').length > ARTIFACT_LIMITS.depth) throw new Error(`'${name}' is nested deeper than ${ARTIFACT_LIMITS.depth}`);
  return path === '' ? '.' : path;
}

function judgeType(header: TarHeader, path: string): ArtifactEntry['type'] {
  if (header.type === 'directory' || header.type === 'symlink') return header.type;
  if (header.type === 'file' || header.type === 'contiguous-file') return 'file';
  throw new Error(`'${path}' is a ${header.type ?? 'thing of unknown type'}; files, directories and symbolic links are allowed`);
}

function judgeLink(path: string, target: string): string {
  const resolved = posix.normalize(posix.join(posix.dirname(path), target));
  if (target === '' || posix.isAbsolute(target) || resolved === '..' || resolved.startsWith('../')) {
    throw new Error(`the link '${path}' leads out of the artifact`);
  }
  return target;
}
