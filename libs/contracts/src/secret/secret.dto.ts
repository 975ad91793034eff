import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { IdSchema, NameSchema, TimestampSchema } from '../platform/names';

/** Write-only: what goes in never comes out over the API. */
export const PutSecretSchema = Closed({ value: Text(65_536, { minLength: 1 }) });
export type PutSecret = Static<typeof PutSecretSchema>;
export const SecretViewSchema = Closed({
  name: NameSchema,
  environment_id: IdSchema,
  version: Type.Integer(),
  fingerprint: Type.String(),
  updated_at: TimestampSchema,
  updated_by: Type.String(),
});
export type SecretView = Static<typeof SecretViewSchema>;
