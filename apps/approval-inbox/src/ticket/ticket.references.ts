import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { NONE, requireEnvironment, requireProject, unknownResource, type AggregateRef, type ById } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { EVENT_STORE, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { TicketRequestRow } from './projections/ticket-request/ticket-request.row';

const KIND = 'ticket';

/** A ticket and the resource that asked for it. */
export interface TicketRefs {
  readonly ticket: AggregateRef;
  readonly owner: AggregateRef;
}
export const ticketRef = (projectId: string, id: string): AggregateRef => ({ projectId, type: 'approval', id });

/** Finds the ticket that a caller means, from the moment that somebody asked for it. */
@Injectable()
export class TicketReferences {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @InjectRepository(TicketRequestRow) private readonly rows: Repository<TicketRequestRow>,
  ) {}

  /** @throws SlipwayError `unknown_resource`, also for what is outside the caller's scope. */
  async resolve({ id, project }: ById, { principal }: CallerContext): Promise<TicketRefs> {
    const row = (await this.rows.findOneBy({ ticketId: id })) ?? (await this.afterCatchingUp(id));
    if (!row || (project !== undefined && project !== row.projectId)) throw unknownResource(KIND, id);
    requireProject(principal, row.projectId, KIND, id);
    if (row.environmentId !== NONE) requireEnvironment(principal, row.environmentId, KIND, id);
    return { ticket: ticketRef(row.projectId, id), owner: { projectId: row.projectId, type: row.resourceType, id: row.resourceId } };
  }

  /** "Unknown" must not mean "not projected yet". */
  private async afterCatchingUp(id: string): Promise<TicketRequestRow | null> {
    await this.readModels.waitFor('ticket-request', await this.store.position());
    return this.rows.findOneBy({ ticketId: id });
  }
}
