import { Injectable } from '@nestjs/common';
import { CommandRunner, timerContext } from '@slipway/event-sourcing';
import type { ExpirySweep, Sql } from '@slipway/projections-typeorm';
import { Clock } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { decide } from '../domain/release.decider';
import { releaseType } from '../domain/release.state';

/** Previews run out by themselves: `release.expired`. Apply refuses at the same moment, whether or not this has come by. */
@Injectable()
export class PreviewExpirySweep implements ExpirySweep {
  readonly name = 'preview-expiry';

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly source: DataSource,
  ) {}

  async nextDue(sql: Sql): Promise<Date | null> {
    const [row] = await sql.query<{ due: Date | null }>(`SELECT min(expires_at) AS due FROM release WHERE status = 'previewed'`);
    return row?.due ?? null;
  }

  async due(sql: Sql, now: Date): Promise<readonly string[]> {
    const rows = await sql.query<{ release_id: string }>(
      `SELECT release_id FROM release WHERE status = 'previewed' AND expires_at <= $1 ORDER BY expires_at, release_id LIMIT 200`,
      [now],
    );
    return rows.map(({ release_id }) => release_id);
  }

  async expire(releaseId: string): Promise<void> {
    const [row] = await this.source.query<{ project_id: string }[]>('SELECT project_id FROM release WHERE release_id = $1', [releaseId]);
    if (!row) return;
    const context = timerContext('release', this.name, [releaseId], this.clock);
    const ref = { projectId: row.project_id, type: 'release', id: releaseId } as const;
    await this.runner.run(releaseType, ref, context, (release) => decide({ type: 'ExpirePreview', now: context.now }, release));
  }
}
