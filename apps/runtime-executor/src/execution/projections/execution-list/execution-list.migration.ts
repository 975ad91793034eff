import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Executions1763650000000 implements MigrationInterface {
  readonly name = 'Executions1763650000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE executions (
         execution_id text COLLATE "C" PRIMARY KEY,
         project_id text COLLATE "C" NOT NULL,
         environment_id text COLLATE "C" NOT NULL,
         release_id text COLLATE "C" NOT NULL,
         act text NOT NULL,
         to_release_id text COLLATE "C" NOT NULL,
         slot_id text COLLATE "C" NOT NULL,
         target_id text COLLATE "C" NOT NULL,
         executor_id text NOT NULL,
         attempt int NOT NULL,
         status text NOT NULL,
         step text,
         started boolean NOT NULL,
         ended boolean NOT NULL,
         claimed_at timestamptz NOT NULL,
         updated_at timestamptz NOT NULL,
         position bigint NOT NULL
       ) WITH (fillfactor = 70)`,
    );
    await runner.query('CREATE INDEX executions_unfinished ON executions (environment_id, claimed_at) WHERE NOT ended');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE executions');
  }
}
