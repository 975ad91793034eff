import { Inject, Injectable } from '@nestjs/common';
import type { AggregateRef } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { ReadModels } from '@slipway/projections-typeorm';
import { EVENT_STORE } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { BasisReader } from '../release/basis/basis.reader';
import { slotBasis } from '../release/basis/slot.basis';
import { targetBasis } from '../release/basis/target.basis';
import type { ServiceInUse } from './domain/service.decider';

const UNDER_WAY = `
  SELECT release_id FROM release
  WHERE service_id = $1
    AND (status IN ('pending_approval', 'approved', 'applying', 'verifying', 'rolling_back')
         OR facts ->> 'rollback_status' IN ('pending_approval', 'requested'))
  ORDER BY position DESC LIMIT 1`;

// What failed and could neither be given back nor removed may run there still, though the slot never held it.
const SLOTS = `
  SELECT slot_id, facts ->> 'target_id' AS target_id, facts ->> 'environment_name' || '/' || (facts ->> 'target_name') AS place,
         max(release_id) FILTER (WHERE status = 'failed' AND facts -> 'diagnostics_json' -> 'payload' ->> 'restored' = 'false') AS left_behind
  FROM release
  WHERE service_id = $1 AND facts ->> 'execution_id' IS NOT NULL
  GROUP BY 1, 2, 3 ORDER BY 1`;

interface SlotOfService {
  readonly slot_id: string;
  readonly target_id: string;
  readonly place: string;
  readonly left_behind: string | null;
}

/** What of a service runs, may run, or is on its way: by its slots' own log, whatever statuses its releases read. */
@Injectable()
export class ServiceUse {
  constructor(
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
    private readonly basis: BasisReader,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async of({ projectId, id }: AggregateRef): Promise<ServiceInUse | undefined> {
    await this.readModels.waitFor('release-list', await this.store.position());
    const [underWay] = await this.source.query<{ release_id: string }[]>(UNDER_WAY, [id]);
    if (underWay) return { releaseId: underWay.release_id, what: 'is on its way; cancel it, or wait for its end' };
    for (const slot of await this.source.query<SlotOfService[]>(SLOTS, [id])) {
      const inUse = await this.inSlot(projectId, slot);
      if (inUse) return inUse;
    }
    return undefined;
  }

  /** At a target that was deleted nothing is looked after any more. */
  private async inSlot(projectId: string, slot: SlotOfService): Promise<ServiceInUse | undefined> {
    const [{ state: target }, { state }] = await Promise.all([
      this.basis.load(targetBasis, { projectId, type: 'target', id: slot.target_id }),
      this.basis.load(slotBasis, { projectId, type: 'slot', id: slot.slot_id }),
    ]);
    if (target?.deleted) return undefined;
    const running = state.deployments.at(-1);
    if (running) return { releaseId: running.releaseId, what: `runs in ${slot.place}` };
    return slot.left_behind === null ? undefined : { releaseId: slot.left_behind, what: `failed in ${slot.place} and may still run there` };
  }
}
