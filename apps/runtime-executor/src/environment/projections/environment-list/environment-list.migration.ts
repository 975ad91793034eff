import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Environments1763650000002 implements MigrationInterface {
  readonly name = 'Environments1763650000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE environments (
         environment_id text COLLATE "C" PRIMARY KEY,
         project_id text COLLATE "C" NOT NULL,
         name text COLLATE "C" NOT NULL
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE environments');
  }
}
