import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mail to one address, sealed, whatever its receiver's is: to one that is to be confirmed, or that is left. */
export class DeliveryAddress1764450000000 implements MigrationInterface {
  readonly name = 'DeliveryAddress1764450000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notification_delivery ADD COLUMN address json');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notification_delivery DROP COLUMN address');
  }
}
