import { Injectable } from '@nestjs/common';
import { canonicalStatus, storedStatuses, type PinnedVariables, type ReleaseStatus } from '@slipway/contracts';
import { DataSource } from 'typeorm';
import type { PastRelease } from '../domain/draft/draft.input';
import type { Release } from '../domain/release.state';
import { releaseType } from '../domain/release.state';
import { BasisReader } from './basis.reader';
import { SharedReads } from './shared-reads';

interface HistoryRow {
  readonly release_id: string;
  readonly status: string;
  readonly rollback_status: string | null;
  readonly variables: PinnedVariables;
}

/** The stored ones are the list of the partial index `release_ran_in_slot`. */
const RAN: readonly ReleaseStatus[] = [
  'approved',
  'applying',
  'verifying',
  'applied',
  'failed',
  'rolling_back',
  'rolled_back',
  'rollback_failed',
];
const HISTORY = `
  SELECT release_id, status, facts ->> 'rollback_status' AS rollback_status, facts -> 'variables' AS variables
  FROM release
  WHERE slot_id = $1
    AND status IN (${storedStatuses(RAN)
      .map((status) => `'${status}'`)
      .join(', ')})
  ORDER BY position DESC LIMIT 20`;

export interface SlotHistory {
  /** The latest releases that ran, or are about to, newest first. */
  readonly past: readonly PastRelease[];
  /** A release being executed in the slot; null: none. */
  readonly busyWith: string | null;
}

/** What ran in a slot, from the read model; who is running now is confirmed by the log, for a row may lag behind. */
@Injectable()
export class SlotHistoryReader {
  private readonly reads = new SharedReads<SlotHistory>();

  constructor(
    private readonly source: DataSource,
    private readonly basis: BasisReader,
  ) {}

  /** `gapMs`: see `SharedReads`. */
  read(projectId: string, slotId: string, gapMs = 0): Promise<SlotHistory> {
    return this.reads.read(slotId, () => this.query(projectId, slotId), gapMs);
  }

  private async query(projectId: string, slotId: string): Promise<SlotHistory> {
    const rows = await this.source.query<HistoryRow[]>(HISTORY, [slotId]);
    const past = rows.map(({ release_id, status, variables }) => ({ releaseId: release_id, status: canonicalStatus(status), variables }));
    const running = rows.filter(({ status, rollback_status }) => isRunning(status) || rollback_status === 'requested');
    for (const { release_id } of running) {
      const { state } = await this.basis.load(releaseType, { projectId, type: 'release', id: release_id });
      if (isExecuted(state)) return { past, busyWith: release_id };
    }
    return { past, busyWith: null };
  }
}

const isRunning = (status: string): boolean => status === 'applying' || status === 'verifying' || status === 'rolling_back';
const isExecuted = (release: Release): boolean =>
  isRunning(release.phase) || ('rollback' in release && release.rollback?.status === 'requested');
