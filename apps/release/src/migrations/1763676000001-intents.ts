import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The read model of the command centre's intents. */
export class Intents1763676000001 implements MigrationInterface {
  readonly name = 'Intents1763676000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE intent (
         intent_id text PRIMARY KEY,
         position bigint NOT NULL,
         project_id text NOT NULL,
         environment_id text NOT NULL,
         conversation_id text NOT NULL,
         status text NOT NULL,
         expires_at timestamptz,
         view jsonb NOT NULL
       )`,
    );
    await runner.query('CREATE INDEX intent_of_project ON intent (project_id, position)');
    await runner.query('CREATE INDEX intent_of_conversation ON intent (conversation_id, position)');
    await runner.query(`CREATE INDEX intent_due ON intent (expires_at) WHERE status = 'proposed'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE intent');
  }
}
