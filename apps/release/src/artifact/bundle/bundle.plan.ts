import { bundleTooLarge, invalidBundle } from './bundle.errors';
import type { BundleLimits } from './bundle.limits';
import { bundlePath, linkInside } from './bundle.paths';

/** One entry of the list that is judged before anything is written. `ordinal` is its place in the archive, from 0. */
export interface ListedEntry {
  readonly ordinal: number;
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink';
  readonly mode: number;
  readonly size: number;
  readonly linkTarget: string;
}

/** What the canonical archive will hold. `ordinal` names the entry whose content a file has; a hard link has its target's. */
export type PlannedEntry =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly ordinal: number; readonly size: number; readonly executable: boolean }
  | { readonly kind: 'symlink'; readonly path: string; readonly target: string };

export interface BundlePlan {
  /** Sorted by path, bytewise; every folder on the way to a file is among them. */
  readonly entries: readonly PlannedEntry[];
  /** The one folder around everything, which is taken off; '' where there is none. */
  readonly topFolder: string;
  /** Ordinal of the manifest's entry, and its file name. */
  readonly manifest: { readonly ordinal: number; readonly name: string };
  readonly files: number;
}

export const MANIFEST_NAMES = ['slipway.yaml', 'slipway.yml', 'slipway.json'] as const;
const SETUID_OR_SETGID = 0o6000;

/**
 * Judges an archive by its list: paths inside, no duplicates, no links out, no setuid, one manifest. `slipway.yaml`, `.yml` or
 * `.json` stands at the root, or inside the one folder that holds everything (as `tar -czf hello.tgz hello/` makes it),
 * which is then taken off.
 * @throws SlipwayError `artifact_invalid` naming the entry.
 */
export function planBundle(listed: readonly ListedEntry[], limits: BundleLimits): BundlePlan {
  const named = listed.map((entry) => ({ ...entry, path: bundlePath(entry.path, limits) })).filter(({ path }) => path !== '');
  const topFolder = topFolderOf(named);
  const inside = named.filter(({ path }) => path !== topFolder).map((entry) => ({ ...entry, path: withoutTop(entry.path, topFolder) }));
  const entries = plan(inside, topFolder, limits);
  const manifest = manifestOf(entries);
  requireBounded(entries, limits);
  const sorted = [...entries.values()].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  return { entries: sorted, topFolder, manifest, files: sorted.filter(({ kind }) => kind !== 'directory').length };
}

function topFolderOf(entries: readonly ListedEntry[]): string {
  const top = entries[0]?.path.split('/')[0];
  const around =
    top !== undefined && entries.every(({ path, type }) => path.startsWith(`${top}/`) || (path === top && type === 'directory'));
  return around ? top : '';
}

const withoutTop = (path: string, top: string): string => (top === '' ? path : path.slice(top.length + 1));

function plan(listed: readonly ListedEntry[], topFolder: string, limits: BundleLimits): Map<string, PlannedEntry> {
  const entries = new Map<string, PlannedEntry>();
  for (const entry of listed) {
    for (const folder of foldersOf(entry.path)) addFolder(entries, folder, entry);
    if (entry.type === 'directory') addFolder(entries, entry.path, entry);
    else if (entries.has(entry.path)) throw refused(entry, 'is in the archive twice; pack each file once');
    else entries.set(entry.path, leaf(entry, entries, topFolder, limits));
  }
  return entries;
}

function addFolder(entries: Map<string, PlannedEntry>, path: string, because: ListedEntry): void {
  const present = entries.get(path);
  if (!present) entries.set(path, { kind: 'directory', path });
  else if (present.kind === 'symlink') throw refused(because, `lies behind the link '${path}'`);
  else if (present.kind === 'file') throw refused(because, `needs '${path}' to be a folder, and it is a file`);
}

function leaf(entry: ListedEntry, entries: ReadonlyMap<string, PlannedEntry>, topFolder: string, limits: BundleLimits): PlannedEntry {
  const { path, ordinal, size } = entry;
  if (entry.type === 'symlink') {
    if (!linkInside(path, entry.linkTarget)) throw refused(entry, `is a link to '${entry.linkTarget}', which leads out of the artifact`);
    return { kind: 'symlink', path, target: entry.linkTarget };
  }
  if (entry.type === 'hardlink') return hardLink(entry, entries, topFolder, limits);
  if ((entry.mode & SETUID_OR_SETGID) !== 0) throw refused(entry, 'is setuid or setgid; take that bit off');
  return { kind: 'file', path, ordinal, size, executable: (entry.mode & 0o100) !== 0 };
}

/** A second name of a file that came before becomes a file of its own. */
function hardLink(entry: ListedEntry, entries: ReadonlyMap<string, PlannedEntry>, topFolder: string, limits: BundleLimits): PlannedEntry {
  const full = bundlePath(entry.linkTarget, limits);
  const target = topFolder !== '' && full.startsWith(`${topFolder}/`) ? withoutTop(full, topFolder) : topFolder === '' ? full : undefined;
  const linked = target === undefined ? undefined : entries.get(target);
  if (linked?.kind !== 'file') throw refused(entry, `is a hard link to '${entry.linkTarget}', which is no earlier file of the archive`);
  return { ...linked, path: entry.path };
}

/** Hard links multiply content that the archive holds once; the canonical archive holds it as often as it is named. */
function requireBounded(entries: ReadonlyMap<string, PlannedEntry>, limits: BundleLimits): void {
  let total = 0;
  for (const entry of entries.values()) total += entry.kind === 'file' ? entry.size : 0;
  if (total > limits.maxUnpackedBytes) throw bundleTooLarge('bytes unpacked', limits.maxUnpackedBytes);
}

function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function manifestOf(entries: ReadonlyMap<string, PlannedEntry>): BundlePlan['manifest'] {
  const found = MANIFEST_NAMES.filter((name) => entries.has(name));
  const name = found[0];
  if (name === undefined) throw invalidBundle(`The artifact has no ${MANIFEST_NAMES[0]} at its root; add one that says how to run it.`);
  if (found.length > 1) throw invalidBundle(`The artifact has ${found.join(' and ')}; keep one.`);
  const entry = entries.get(name)!;
  if (entry.kind !== 'file') throw invalidBundle(`${name} must be a file.`, { entry: name });
  return { ordinal: entry.ordinal, name };
}

const refused = (entry: ListedEntry, why: string) => invalidBundle(`'${entry.path}' ${why}.`, { entry: entry.path });
