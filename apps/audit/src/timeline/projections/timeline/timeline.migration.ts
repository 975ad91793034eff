import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `entry` is of type json, not jsonb: it keeps every character and the order of members. */
export class Timeline1763650000001 implements MigrationInterface {
  readonly name = 'Timeline1763650000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE timeline_entry (
         release_id text COLLATE "C" NOT NULL,
         position bigint NOT NULL,
         project_id text COLLATE "C" NOT NULL,
         environment_id text COLLATE "C" NOT NULL,
         entry json NOT NULL,
         PRIMARY KEY (release_id, position)
       )`,
    );
    await runner.query(
      `CREATE TABLE timeline_resource (
         resource_id text COLLATE "C" PRIMARY KEY,
         release_id text COLLATE "C" NOT NULL
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE timeline_entry');
    await runner.query('DROP TABLE timeline_resource');
  }
}
