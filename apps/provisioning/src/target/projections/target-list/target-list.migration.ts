import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Targets1763640000002 implements MigrationInterface {
  readonly name = 'Targets1763640000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE targets (
         target_id text COLLATE "C" PRIMARY KEY,
         project_id text COLLATE "C" NOT NULL,
         environment_id text COLLATE "C" NOT NULL,
         name text COLLATE "C" NOT NULL,
         runtime_type text NOT NULL,
         connection jsonb NOT NULL,
         version int NOT NULL,
         created_at timestamptz NOT NULL,
         updated_at timestamptz NOT NULL
       )`,
    );
    await runner.query('CREATE INDEX targets_by_name ON targets (project_id, environment_id, name)');
    await runner.query('CREATE INDEX targets_by_environment ON targets (environment_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE targets');
  }
}
