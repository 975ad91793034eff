import { Injectable } from '@nestjs/common';
import { typeSubjects, type ProjectEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import type { Projection, Sql } from '@slipway/projections-typeorm';

/** One row per project. */
@Injectable()
export class ProjectListProjection implements Projection {
  readonly name = 'project-list';
  readonly subjects = typeSubjects('project');
  readonly tables = ['projects'];

  async apply(events: readonly Recorded[], sql: Sql): Promise<void> {
    for (const { event } of events) await this.one(event as ProjectEvent, sql);
  }

  private async one(event: ProjectEvent, sql: Sql): Promise<void> {
    const { resource_id: id, occurred_at: at } = event;
    switch (event.action) {
      case 'project.created':
        await sql.query(`INSERT INTO projects (project_id, title, team_id, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)`, [
          id,
          event.detail.title,
          event.detail.team_id,
          at,
        ]);
        return;
      case 'project.updated':
        await sql.query(`UPDATE projects SET title = $2, updated_at = $3 WHERE project_id = $1`, [id, event.detail.title, at]);
    }
  }
}
