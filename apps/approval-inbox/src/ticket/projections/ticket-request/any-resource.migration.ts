import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Not only releases ask for tickets. */
export class AnyResource1763700000000 implements MigrationInterface {
  readonly name = 'AnyResource1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ticket_requests RENAME COLUMN release_id TO resource_id');
    await runner.query(`ALTER TABLE ticket_requests ADD COLUMN resource_type text NOT NULL DEFAULT 'release'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ticket_requests DROP COLUMN resource_type');
    await runner.query('ALTER TABLE ticket_requests RENAME COLUMN resource_id TO release_id');
  }
}
