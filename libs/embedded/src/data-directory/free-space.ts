import { mkdirSync, statfsSync } from 'node:fs';

/** Below this the platform does not start: NATS and PostgreSQL both refuse writes on a full disk. */
export const NEEDED_BYTES = 512 * 1024 ** 2;

const inMb = (bytes: number): string => `${Math.floor(bytes / 1024 ** 2)} MB`;

export function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

/** @throws Error that says how much is free where, how much is needed, and what to do. */
export function requireFreeSpace(directory: string, needed = NEEDED_BYTES): void {
  mkdirSync(directory, { recursive: true });
  const free = freeBytes(directory);
  if (free >= needed) return;
  throw new Error(
    `The disk that holds ${directory} has ${inMb(free)} free; Slipway needs ${inMb(needed)} to start. Free some space, or put the data elsewhere with SLIPWAY_DATA_DIR.`,
  );
}

/** What to tell a person about an error that may be a full disk. */
export const isDiskFull = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC' || /no space left on device/i.test(String(error));
