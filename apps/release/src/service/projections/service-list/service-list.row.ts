import { SERVICE_KINDS } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A service that is in use. */
@Entity({ name: 'service' })
export class ServiceRow {
  @PrimaryColumn({ name: 'service_id', type: 'text' })
  serviceId!: string;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ type: 'text' })
  name!: string;
  @Column({ type: 'text' })
  title!: string;
  @Column({ type: 'text' })
  kind!: (typeof SERVICE_KINDS)[number];
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
