import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Projects1763640000000 implements MigrationInterface {
  readonly name = 'Projects1763640000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE projects (
         project_id text COLLATE "C" PRIMARY KEY,
         title text NOT NULL,
         team_id text NOT NULL,
         created_at timestamptz NOT NULL,
         updated_at timestamptz NOT NULL
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE projects');
  }
}
