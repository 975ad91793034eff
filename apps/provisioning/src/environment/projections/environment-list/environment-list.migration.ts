import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Environments1763640000001 implements MigrationInterface {
  readonly name = 'Environments1763640000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE environments (
         environment_id text COLLATE "C" PRIMARY KEY,
         project_id text COLLATE "C" NOT NULL,
         name text COLLATE "C" NOT NULL,
         title text NOT NULL,
         type text NOT NULL,
         policy jsonb NOT NULL,
         version int NOT NULL,
         created_at timestamptz NOT NULL,
         updated_at timestamptz NOT NULL
       )`,
    );
    await runner.query('CREATE INDEX environments_by_name ON environments (project_id, name)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE environments');
  }
}
