import { invalidBundle } from './bundle.errors';
import type { BundleLimits } from './bundle.limits';

/**
 * A path of an archive in its one spelling: relative, no `.`, no trailing slash; '' is the root itself.
 * @throws SlipwayError `artifact_invalid` for absolute paths, `..`, control characters, and paths beyond the limit.
 */
export function bundlePath(path: string, limits: BundleLimits): string {
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) throw outside(path, 'is an absolute path');
  if (hasControl(path) || path.includes('\\')) throw outside(path, 'holds a control character or a backslash');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw outside(path, "holds '..'");
  if (Buffer.byteLength(path) > limits.maxPathBytes || parts.some((part) => Buffer.byteLength(part) > 255))
    throw outside(path, 'is too long');
  return parts.join('/');
}

/**
 * Whether a symbolic link stays inside. Its own folder is a real one (nothing may lie behind a link), so leading `..` climb real
 * folders; `..` after a name could climb from behind another link, and is refused.
 */
export function linkInside(path: string, target: string): boolean {
  if (target === '' || target.startsWith('/') || hasControl(target) || target.includes('\\') || Buffer.byteLength(target) > 1024)
    return false;
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const names = parts.findIndex((part) => part !== '..');
  const climbs = names < 0 ? parts.length : names;
  const depth = path.split('/').length - 1;
  return climbs <= depth && !parts.slice(climbs).includes('..');
}

// Control characters in names deceive whoever reads a listing or a log.
const hasControl = (text: string): boolean => [...text].some((character) => character < ' ' || character === '\u007f');

const outside = (path: string, why: string) => {
  const shown = JSON.stringify(path.slice(0, 200)).slice(1, -1);
  return invalidBundle(`'${shown}' ${why}; paths in an artifact are relative to its root.`, { entry: shown });
};
