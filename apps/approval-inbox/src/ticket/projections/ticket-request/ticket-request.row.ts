import type { ResourceType } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which resource asked for which ticket: a ticket's id does not tell. */
@Entity('ticket_requests')
export class TicketRequestRow {
  @PrimaryColumn({ name: 'ticket_id', type: 'text' })
  ticketId!: string;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ name: 'environment_id', type: 'text' })
  environmentId!: string;
  @Column({ name: 'resource_type', type: 'text' })
  resourceType!: ResourceType;
  @Column({ name: 'resource_id', type: 'text' })
  resourceId!: string;
}
