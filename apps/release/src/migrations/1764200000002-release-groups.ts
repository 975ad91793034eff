import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The read model of release groups. */
export class ReleaseGroups1764200000002 implements MigrationInterface {
  readonly name = 'ReleaseGroups1764200000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE release_group (
         group_id text PRIMARY KEY,
         position bigint NOT NULL,
         project_id text NOT NULL,
         environment_id text NOT NULL,
         status text NOT NULL,
         expires_at timestamptz,
         facts jsonb NOT NULL
       )`,
    );
    await runner.query('CREATE INDEX release_group_of_project ON release_group (project_id, position)');
    await runner.query(`CREATE INDEX release_group_due ON release_group (expires_at) WHERE status = 'previewed'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE release_group');
  }
}
