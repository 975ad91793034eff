import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As of which position of the log a slot is: who saw it sees nothing older elsewhere. */
export class SlotAsOf1764400000000 implements MigrationInterface {
  readonly name = 'SlotAsOf1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE slots ADD COLUMN as_of bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE slots DROP COLUMN as_of');
  }
}
