import type { MigrationInterface, QueryRunner } from 'typeorm';

const of = (action: string): string =>
  `coalesce((SELECT array_agg(actor_id ORDER BY version) FROM approval_inbox_actions AS act
     WHERE act.ticket_id = item.ticket_id AND act.action = '${action}'), '{}')`;

/** Who delegated to whom, and whose approvals are given: a delegate has the approval of who delegated. Follows from the actions so far. */
export class InboxVotes1764450000000 implements MigrationInterface {
  readonly name = 'InboxVotes1764450000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE approval_inbox_items
         ADD COLUMN delegators text[] NOT NULL DEFAULT '{}',
         ADD COLUMN voted text[] NOT NULL DEFAULT '{}'`,
    );
    await runner.query(`UPDATE approval_inbox_items AS item SET delegators = ${of('delegated')}, voted = ${of('reviewed')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE approval_inbox_items DROP COLUMN delegators, DROP COLUMN voted');
  }
}
