import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Three read models, which follow from the log, and the outbox with its history, which does not (ADR 0027). */
export class Notifications1763810000000 implements MigrationInterface {
  readonly name = 'Notifications1763810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE notification_subscription (
         subscription_id text COLLATE "C" PRIMARY KEY,
         project_id text COLLATE "C" NOT NULL,
         owner_kind text COLLATE "C" NOT NULL,
         owner_ref text COLLATE "C" NOT NULL,
         channel text COLLATE "C" NOT NULL,
         phase text COLLATE "C" NOT NULL,
         position bigint NOT NULL,
         topics text[] NOT NULL,
         state json NOT NULL
       )`,
    );
    await runner.query('CREATE INDEX notification_subscription_by_owner ON notification_subscription (owner_kind, owner_ref)');
    await runner.query('CREATE TABLE notification_contact (actor_id text COLLATE "C" PRIMARY KEY, address json NOT NULL)');
    await runner.query('CREATE TABLE notification_ticket (ticket_id text COLLATE "C" PRIMARY KEY, facts json NOT NULL)');
    await this.outbox(runner);
  }

  private async outbox(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE notification_delivery (
         delivery_id text COLLATE "C" PRIMARY KEY,
         subscription_id text COLLATE "C" NOT NULL,
         topic text COLLATE "C" NOT NULL,
         channel text COLLATE "C" NOT NULL,
         recipient text COLLATE "C",
         event_id text COLLATE "C" NOT NULL,
         event_position bigint NOT NULL,
         occurred_at timestamptz NOT NULL,
         project_id text COLLATE "C" NOT NULL,
         environment_id text COLLATE "C" NOT NULL,
         title text NOT NULL,
         body text NOT NULL,
         status text COLLATE "C" NOT NULL,
         attempts integer NOT NULL DEFAULT 0,
         created_at timestamptz NOT NULL DEFAULT now(),
         next_attempt_at timestamptz,
         claimed_until timestamptz,
         last_attempt_at timestamptz,
         response_status integer,
         duration_ms integer,
         error text,
         replay_id text COLLATE "C"
       )`,
    );
    await runner.query(`CREATE INDEX notification_delivery_due ON notification_delivery (next_attempt_at) WHERE status = 'pending'`);
    await runner.query('CREATE INDEX notification_delivery_of ON notification_delivery (subscription_id, event_position, delivery_id)');
    await runner.query('CREATE INDEX notification_delivery_age ON notification_delivery (created_at)');
    await runner.query(
      `CREATE TABLE notification_attempt (
         attempt_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         delivery_id text COLLATE "C" NOT NULL REFERENCES notification_delivery ON DELETE CASCADE,
         at timestamptz NOT NULL,
         outcome text COLLATE "C" NOT NULL,
         response_status integer,
         duration_ms integer NOT NULL,
         response_excerpt text,
         error text
       )`,
    );
    await runner.query('CREATE INDEX notification_attempt_of ON notification_attempt (delivery_id, attempt_id)');
    await runner.query(
      `CREATE TABLE notification_health (
         subscription_id text COLLATE "C" PRIMARY KEY,
         failing_since timestamptz,
         last_success_at timestamptz
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['attempt', 'delivery', 'health', 'ticket', 'contact', 'subscription']) {
      await runner.query(`DROP TABLE notification_${table}`);
    }
  }
}
