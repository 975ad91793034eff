import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: the account to run it as then. Undefined when we are not root and nothing need change. */
export function unprivilegedUser(): UserIds | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':');
    const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  throw new Error("PostgreSQL does not run as root, and this system has neither a 'postgres' nor a 'nobody' account to run it as.");
}

/** The first directory on the way down to `path` that the user may not pass through; undefined when all is reachable. */
export function unreachableParent(path: string, user: UserIds): string | undefined {
  const parents: string[] = [];
  for (let at = resolve(path); at !== dirname(at); at = dirname(at)) parents.unshift(dirname(at));
  return parents.find((directory) => {
    const stat = statSync(directory, { throwIfNoEntry: false });
    if (!stat) return false;
    const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
    return (stat.mode & bit) === 0;
  });
}
