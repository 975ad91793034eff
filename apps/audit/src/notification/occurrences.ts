import { Injectable } from '@nestjs/common';
import { releasesNamedBy, type DeploymentRecord, type EventEnvelope } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { ReadModels, sqlOf, type Sql } from '@slipway/projections-typeorm';
import { DataSource } from 'typeorm';
import { occurrenceOf, type Occurrence, type TicketFacts } from './domain/occurrence';

/** An event with what it is about: its ticket, its release. */
@Injectable()
export class Occurrences {
  private readonly sql: Sql;
  constructor(
    source: DataSource,
    private readonly readModels: ReadModels,
  ) {
    this.sql = sqlOf(source);
  }

  /** Undefined for an event that nobody is told of. @throws SlipwayError `dependency_unavailable` while the read models are behind it */
  async of({ event, position }: Recorded): Promise<Occurrence | undefined> {
    await Promise.all(['notifications', 'deployment-record'].map((name) => this.readModels.waitFor(name, position)));
    const ticket = event.resource_type === 'approval' ? await this.ticket(event.resource_id) : undefined;
    return occurrenceOf(event, ticket, await this.deployment(event));
  }

  private async ticket(id: string): Promise<TicketFacts | undefined> {
    const [row] = await this.sql.query<{ facts: TicketFacts }>('SELECT facts FROM notification_ticket WHERE ticket_id = $1', [id]);
    return row?.facts;
  }

  private async deployment(event: EventEnvelope): Promise<DeploymentRecord | undefined> {
    const [release] = releasesNamedBy(event);
    if (release === undefined || event.resource_type === 'approval') return undefined;
    const [row] = await this.sql.query<{ record: DeploymentRecord }>('SELECT record FROM deployment_record WHERE release_id = $1', [
      release,
    ]);
    return row?.record;
  }
}
