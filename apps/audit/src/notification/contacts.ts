import { Injectable } from '@nestjs/common';
import { deriveId, NONE, type AggregateRef, type SecretPin } from '@slipway/contracts';
import { sqlOf, type Sql } from '@slipway/projections-typeorm';
import { DataSource } from 'typeorm';
import { SealedEndpoints } from './delivery/sealed-endpoints';

export const contactRef = (actorId: string): AggregateRef => ({ projectId: NONE, type: 'contact', id: deriveId('contact', actorId) });

/** Where people read mail. */
@Injectable()
export class Contacts {
  private readonly sql: Sql;
  constructor(
    source: DataSource,
    private readonly sealed: SealedEndpoints,
  ) {
    this.sql = sqlOf(source);
  }

  /** Of these actors, those who said where they read mail, and confirmed it. */
  async among(actorIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.sql.query<{ actor_id: string }>('SELECT actor_id FROM notification_contact WHERE actor_id = ANY($1)', [
      actorIds,
    ]);
    return new Set(rows.map(({ actor_id }) => actor_id));
  }

  async addressOf(actorId: string): Promise<string | null> {
    const [row] = await this.sql.query<{ address: SecretPin }>('SELECT address FROM notification_contact WHERE actor_id = $1', [actorId]);
    return row === undefined ? null : this.sealed.openForContact(contactRef(actorId).id, row.address);
  }
}
