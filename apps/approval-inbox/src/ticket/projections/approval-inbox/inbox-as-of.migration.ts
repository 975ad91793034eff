import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As of which position of the log a ticket is: who saw it sees nothing older elsewhere. */
export class InboxAsOf1764400000000 implements MigrationInterface {
  readonly name = 'InboxAsOf1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE approval_inbox_items ADD COLUMN as_of bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE approval_inbox_items DROP COLUMN as_of');
  }
}
