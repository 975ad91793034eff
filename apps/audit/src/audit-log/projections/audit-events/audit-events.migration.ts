import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `entry` is of type json, not jsonb: it keeps every character and the order of members. */
export class AuditEvents1763650000000 implements MigrationInterface {
  readonly name = 'AuditEvents1763650000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE audit_event (
         position bigint PRIMARY KEY,
         project_id text COLLATE "C" NOT NULL,
         environment_id text COLLATE "C" NOT NULL,
         resource_id text COLLATE "C" NOT NULL,
         actor_id text COLLATE "C" NOT NULL,
         action text COLLATE "C" NOT NULL,
         occurred_at timestamptz NOT NULL,
         entry json NOT NULL
       )`,
    );
    for (const column of ['project_id', 'environment_id', 'resource_id', 'actor_id']) {
      await runner.query(`CREATE INDEX audit_event_by_${column} ON audit_event (${column}, position)`);
    }
    await runner.query('CREATE INDEX audit_event_by_action ON audit_event (project_id, action, position)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_event');
  }
}
