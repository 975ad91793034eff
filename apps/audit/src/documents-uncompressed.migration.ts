import type { MigrationInterface, QueryRunner } from 'typeorm';

const DOCUMENTS: readonly (readonly [table: string, column: string])[] = [
  ['audit_event', 'entry'],
  ['deployment_record', 'record'],
];

/**
 * The documents are written once each and seldom read: compressing them (pglz) took a quarter of the database's time under load.
 * They need about two and a half times the space instead. What was stored before stays as it is.
 */
export class DocumentsUncompressed1763800000001 implements MigrationInterface {
  readonly name = 'DocumentsUncompressed1763800000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of DOCUMENTS) await runner.query(`ALTER TABLE ${table} ALTER COLUMN ${column} SET STORAGE EXTERNAL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of DOCUMENTS) await runner.query(`ALTER TABLE ${table} ALTER COLUMN ${column} SET STORAGE EXTENDED`);
  }
}
