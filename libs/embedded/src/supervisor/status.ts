import { existsSync } from 'node:fs';
import { isRunning, type ProcessIdentity } from '@slipway/local-servers';
import { readJson, writeJson } from '../data-directory/files';

export interface PhaseStatus {
  readonly name: string;
  readonly state: 'running' | 'done' | 'skipped' | 'failed';
  /** Wall clock, for people. */
  readonly started_at: string;
  readonly ms: number | null;
}

export interface ProcessStatus {
  readonly name: string;
  readonly identity: ProcessIdentity | null;
  readonly port: number | null;
  readonly ready: boolean;
  readonly restarts: number;
  readonly state: 'stopped' | 'starting' | 'running' | 'backing-off' | 'stopping';
  readonly last_exit: string | null;
  readonly log_file: string;
  /** Since the process was asked to start, until it was first ready. */
  readonly start_ms: number | null;
}

/** `run/status.json`: what the supervisor knows, for `status`, `down`, `logs` and the next start. */
export interface PlatformStatus {
  readonly supervisor: ProcessIdentity;
  readonly state: 'starting' | 'ready' | 'degraded' | 'stopping' | 'stopped' | 'failed';
  readonly url: string;
  readonly data_directory: string;
  readonly started_at: string;
  readonly ready_ms: number | null;
  readonly phases: readonly PhaseStatus[];
  readonly processes: readonly ProcessStatus[];
  readonly error: string | null;
}

export const readStatus = (file: string): PlatformStatus | undefined => (existsSync(file) ? readJson<PlatformStatus>(file) : undefined);
export const writeStatus = (file: string, status: PlatformStatus): void => writeJson(file, status);

/** The supervisor that wrote the status still runs. */
export const isSupervised = (status: PlatformStatus | undefined): status is PlatformStatus =>
  status !== undefined && isRunning(status.supervisor);

/** Processes that an earlier supervisor left behind, recognised by pid and start time. */
export const leftovers = (status: PlatformStatus | undefined): ProcessStatus[] =>
  (status?.processes ?? []).filter((entry) => entry.identity !== null && isRunning(entry.identity));
