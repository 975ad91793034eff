import { Injectable } from '@nestjs/common';
import { CommandRunner, timerContext } from '@slipway/event-sourcing';
import type { ExpirySweep, Sql } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { expireIntent } from '../domain/intent.decider';
import { intentType } from '../domain/intent.state';

/** Proposals run out by themselves: `intent.expired`. A confirmation is refused at the same moment, whether or not this has come by. */
@Injectable()
export class IntentExpirySweep implements ExpirySweep {
  readonly name = 'intent-expiry';

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly source: DataSource,
  ) {}

  async nextDue(sql: Sql): Promise<Date | null> {
    const [row] = await sql.query<{ due: Date | null }>(`SELECT min(expires_at) AS due FROM intent WHERE status = 'proposed'`);
    return row?.due ?? null;
  }

  async due(sql: Sql, now: Date): Promise<readonly string[]> {
    const rows = await sql.query<{ intent_id: string }>(
      `SELECT intent_id FROM intent WHERE status = 'proposed' AND expires_at <= $1 ORDER BY expires_at, intent_id LIMIT 200`,
      [now],
    );
    return rows.map(({ intent_id }) => intent_id);
  }

  async expire(intentId: string): Promise<void> {
    const [row] = await this.source.query<{ project_id: string }[]>('SELECT project_id FROM intent WHERE intent_id = $1', [intentId]);
    if (!row) return;
    const context = timerContext('release', this.name, [intentId], this.clock);
    const ref = { projectId: row.project_id, type: 'intent', id: intentId } as const;
    await this.runner.run(intentType, ref, context, (intent) => expireIntent(context.now, intent));
  }
}
