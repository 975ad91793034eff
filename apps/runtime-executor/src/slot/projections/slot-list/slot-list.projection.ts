import { Injectable } from '@nestjs/common';
import { typeSubjects, type SlotEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

type Deployed = Extract<SlotEvent, { action: 'slot.deployed' | 'slot.restored' }>;

/** One row per slot into which something was deployed. */
@Injectable()
export class SlotListProjection implements Projection {
  readonly name = 'slot-list';
  readonly subjects = typeSubjects('slot');
  readonly tables = ['slots'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    // The subject filter lets only slot events through.
    for (const { event, position } of events) await this.one(event as SlotEvent, position, sql);
  }

  private async one(event: SlotEvent, position: number, sql: Sql): Promise<void> {
    await this.change(event, sql);
    await sql.query('UPDATE slots SET as_of = $2 WHERE slot_id = $1', [event.resource_id, position]);
  }

  private async change(event: SlotEvent, sql: Sql): Promise<void> {
    switch (event.action) {
      case 'slot.deployed':
        return this.deployed(event, null, sql);
      case 'slot.restored':
        return this.deployed(event, event.detail.hold, sql);
      case 'slot.held':
        return this.held(event, { reason: event.detail.reason, by: event.detail.by, since: event.occurred_at }, sql);
      case 'slot.resumed':
        return this.held(event, null, sql);
      case 'slot.drifted':
        return this.drifted(event, true, sql);
      case 'slot.healed':
        return this.drifted(event, false, sql);
    }
  }

  /** A hold stays until it is lifted; a rollback may bring one. */
  private async deployed(event: Deployed, hold: object | null, sql: Sql): Promise<void> {
    const { detail } = event;
    await sql.query(
      `INSERT INTO slots (slot_id, project_id, environment_id, service_id, service_name, target_id, release_id, execution_id,
                          artifact_version, artifact_digest, url, hold, drifted, deployed_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, false, $13, $14)
       ON CONFLICT (slot_id) DO UPDATE
       SET release_id = excluded.release_id, execution_id = excluded.execution_id, artifact_version = excluded.artifact_version,
           artifact_digest = excluded.artifact_digest, url = excluded.url, hold = coalesce(excluded.hold, slots.hold),
           drifted = false, deployed_at = excluded.deployed_at, version = excluded.version`,
      [
        event.resource_id,
        event.project_id,
        event.environment_id,
        detail.service_id,
        detail.service_name,
        detail.target_id,
        detail.release_id,
        detail.execution_id,
        detail.artifact_version,
        detail.artifact_digest,
        detail.url,
        hold && JSON.stringify(hold),
        event.occurred_at,
        event.aggregate_version,
      ],
    );
  }

  private async held(event: SlotEvent, hold: object | null, sql: Sql): Promise<void> {
    await sql.query('UPDATE slots SET hold = $2, version = $3 WHERE slot_id = $1', [
      event.resource_id,
      hold && JSON.stringify(hold),
      event.aggregate_version,
    ]);
  }

  private async drifted(event: SlotEvent, drifted: boolean, sql: Sql): Promise<void> {
    await sql.query('UPDATE slots SET drifted = $2, version = $3 WHERE slot_id = $1', [
      event.resource_id,
      drifted,
      event.aggregate_version,
    ]);
  }
}
