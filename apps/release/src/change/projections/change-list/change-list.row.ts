import type { ChangeView } from '@slipway/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A recorded change; it never changes, so its view is stored as it is. */
@Entity({ name: 'change' })
export class ChangeRow {
  @PrimaryColumn({ name: 'change_id', type: 'text' })
  changeId!: string;
  @Column({ type: 'bigint' })
  position!: number;
  @Column({ name: 'project_id', type: 'text' })
  projectId!: string;
  @Column({ type: 'jsonb' })
  view!: ChangeView;
}
