import { Injectable } from '@nestjs/common';
import { CommandRunner, timerContext } from '@slipway/event-sourcing';
import type { ExpirySweep, Sql } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { expireGroup } from '../domain/group.decider';
import { groupType } from '../domain/group.state';

/** Previews of groups run out by themselves: `group.expired`. Apply refuses at the same moment, whether or not this has come by. */
@Injectable()
export class GroupExpirySweep implements ExpirySweep {
  readonly name = 'group-expiry';

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly source: DataSource,
  ) {}

  async nextDue(sql: Sql): Promise<Date | null> {
    const [row] = await sql.query<{ due: Date | null }>(`SELECT min(expires_at) AS due FROM release_group WHERE status = 'previewed'`);
    return row?.due ?? null;
  }

  async due(sql: Sql, now: Date): Promise<readonly string[]> {
    const rows = await sql.query<{ group_id: string }>(
      `SELECT group_id FROM release_group WHERE status = 'previewed' AND expires_at <= $1 ORDER BY expires_at, group_id LIMIT 200`,
      [now],
    );
    return rows.map(({ group_id }) => group_id);
  }

  async expire(groupId: string): Promise<void> {
    const [row] = await this.source.query<{ project_id: string }[]>('SELECT project_id FROM release_group WHERE group_id = $1', [groupId]);
    if (!row) return;
    const context = timerContext('release', this.name, [groupId], this.clock);
    const ref = { projectId: row.project_id, type: 'group', id: groupId } as const;
    await this.runner.run(groupType, ref, context, (group) => expireGroup(context.now, group));
  }
}
