import { readdirSync, readFileSync } from 'node:fs';

export interface WorkloadProcess {
  readonly pid: number;
  readonly releaseId: string;
}

/** Every process of this machine that was started for a release, read from /proc: what really runs, whoever says otherwise. */
export function workloadProcesses(): WorkloadProcess[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      const releaseId = environmentOf(pid)?.match(/(?:^|\0)SLIPWAY_RELEASE_ID=([^\0]+)/)?.[1];
      return releaseId ? [{ pid: Number(pid), releaseId }] : [];
    });
}

function environmentOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return undefined;
  }
}
