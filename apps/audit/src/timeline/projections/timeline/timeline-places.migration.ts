import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A timeline names the events that the audit log holds, instead of holding them a second time; one projection writes both. It
 * starts over from the beginning of the log.
 */
export class TimelinePlaces1763800000000 implements MigrationInterface {
  readonly name = 'TimelinePlaces1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await this.startOver(runner);
    await runner.query('ALTER TABLE timeline_entry DROP COLUMN entry');
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.startOver(runner);
    await runner.query('ALTER TABLE timeline_entry ADD COLUMN entry json NOT NULL');
  }

  private async startOver(runner: QueryRunner): Promise<void> {
    await runner.query('TRUNCATE audit_event, timeline_entry, timeline_resource');
    await runner.query("DELETE FROM checkpoint WHERE name IN ('audit-events', 'timeline')");
  }
}
