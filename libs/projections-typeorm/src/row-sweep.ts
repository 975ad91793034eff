import type { Due, ExpirySweep } from './expiry-sweep';
import type { Sql } from './projection';

/** Rows of a read model that wait for their time; each names its project in `project_id`. Names of columns, and SQL, never data. */
export interface WaitingRows {
  readonly table: string;
  readonly idColumn: string;
  /** A timestamp. */
  readonly dueColumn: string;
  /** The condition under which a row still waits. */
  readonly condition: string;
}

const AT_ONCE = 200;

/** A sweep whose timers are rows, due in the order of a column. */
export abstract class RowSweep implements ExpirySweep {
  abstract readonly name: string;
  protected abstract readonly waiting: WaitingRows;
  protected abstract expireRow(projectId: string, id: string): Promise<void>;

  async nextDue(sql: Sql): Promise<Date | null> {
    const { table, dueColumn, condition } = this.waiting;
    const [row] = await sql.query<{ due: Date | null }>(`SELECT min(${dueColumn}) AS due FROM ${table} WHERE ${condition}`);
    return row?.due ?? null;
  }

  async due(sql: Sql, now: Date, last?: Due): Promise<readonly Due[]> {
    const { table, idColumn, dueColumn, condition } = this.waiting;
    const [projectId, rowId] = last?.id.split('/') ?? [];
    return sql.query<Due>(
      `SELECT project_id || '/' || ${idColumn} AS id, ${dueColumn}::text AS since FROM ${table}
       WHERE ${condition} AND ${dueColumn} <= $1
         AND ($2::timestamptz IS NULL OR (${dueColumn}, ${idColumn}, project_id) > ($2::timestamptz, $3::text, $4::text))
       ORDER BY ${dueColumn}, ${idColumn}, project_id LIMIT ${AT_ONCE}`,
      [now, last?.since ?? null, rowId ?? null, projectId ?? null],
    );
  }

  expire(id: string): Promise<void> {
    const [projectId = '', rowId = ''] = id.split('/');
    return this.expireRow(projectId, rowId);
  }
}
