import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whom a ticket concerns besides those who may decide it, in one column: of that the database knows how many tickets each person
 * has, and so finds few among many of others by the index, and many by the order that is asked for.
 */
export class InboxMine1763700000003 implements MigrationInterface {
  readonly name = 'InboxMine1763700000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE approval_inbox_items
         ADD COLUMN concerns text[] GENERATED ALWAYS AS (array_remove(ARRAY[requested_by, assignee], NULL) || mentions) STORED`,
    );
    await runner.query('CREATE INDEX approval_inbox_concerns ON approval_inbox_items USING gin (concerns)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE approval_inbox_items DROP COLUMN concerns');
  }
}
