import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { DigestSchema, IdSchema, TimestampSchema } from '../platform/names';
import { PERMISSIONS } from '../platform/permissions';

/**
 * A variable as a caller gives it: a plain value, a stored secret of the environment by name, or a secret value that is
 * sealed on the way in and never enters an event, a read model or a log.
 */
export const VariableInputSchema = Type.Union([
  Text(8192),
  Closed({ secret_ref: Type.String({ pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' }) }),
  Closed({ secret: Text(65_536, { minLength: 1 }) }),
]);
export type VariableInput = Static<typeof VariableInputSchema>;
export const VariableName = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$' });
export const VariablesInputSchema = Type.Record(VariableName, VariableInputSchema, { maxProperties: 200, additionalProperties: false });

/** A secret as events and drafts name it: which one, which version, and a keyed fingerprint that tells when it changed. */
export const SecretPinSchema = Closed({ secret_ref: IdSchema, version: Type.Integer({ minimum: 1 }), fingerprint: Text(100) });
export type SecretPin = Static<typeof SecretPinSchema>;
/** A variable as it is stored: never a secret's value. */
export const PinnedVariablesSchema = Type.Record(VariableName, Type.Union([Text(8192), SecretPinSchema]), {
  maxProperties: 200,
  additionalProperties: false,
});
export type PinnedVariables = Static<typeof PinnedVariablesSchema>;

/** One thing that will happen, in order (FIELD.md, item 1). */
export const ActionSchema = Closed({
  ordinal: Type.Integer({ minimum: 1 }),
  verb: Type.Enum(['create', 'update', 'recreate', 'delete', 'start', 'stop', 'route', 'run', 'verify', 'none']),
  kind: Text(60, { description: 'What is acted on: process, route, hook, ...' }),
  name: Text(200),
  summary: Text(500),
  one_way: Type.Boolean({ description: 'Cannot be undone by a rollback' }),
});
export type PlannedAction = Static<typeof ActionSchema>;

/** One difference between what runs now and what will run. `path` is a JSON pointer into the manifest. */
export const DiffEntrySchema = Closed({
  op: Type.Enum(['add', 'remove', 'replace']),
  path: Text(1000),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
});
export type DiffEntry = Static<typeof DiffEntrySchema>;

export const CheckSchema = Closed({ name: Text(80), result: Type.Enum(['pass', 'warn', 'fail']), message: Text(1000) });
export type Check = Static<typeof CheckSchema>;

export const RISK_LEVELS = ['low', 'medium', 'high', 'critical'] as const;
export const RiskSchema = Closed({ level: Type.Enum([...RISK_LEVELS]), reasons: Type.Array(Text(500)) });
export type Risk = Static<typeof RiskSchema>;

export const ApprovalNeedSchema = Closed({
  required: Type.Boolean(),
  permission: Type.Enum([...PERMISSIONS]),
  quorum: Type.Integer(),
  four_eyes: Type.Boolean(),
  ticket_ttl_s: Type.Union([Type.Integer(), Type.Null()]),
  rule: Text(300, { description: 'Which rule asks for it, in words' }),
});
export type ApprovalNeed = Static<typeof ApprovalNeedSchema>;

/** What the draft was made from; if any of it moves before apply, the preview no longer holds (`preview_mismatch`). */
export const BasisSchema = Closed({
  environment_version: Type.Integer({ description: 'aggregate_version of the environment, its policy included' }),
  target_version: Type.Integer(),
  slot_position: Type.Integer({ description: 'Stream position of the last deployment into the slot; 0: none' }),
  variables_digest: DigestSchema,
});
export type Basis = Static<typeof BasisSchema>;

/** The immutable draft: what was reviewed is what runs. `preview_ref` is the digest of its canonical JSON. */
export const DraftSchema = Closed({
  release_id: IdSchema,
  manifest_digest: DigestSchema,
  actions: Type.Array(ActionSchema, { maxItems: 500 }),
  diff: Type.Array(DiffEntrySchema, { maxItems: 500 }),
  diff_truncated: Type.Boolean(),
  checks: Type.Array(CheckSchema, { maxItems: 100 }),
  risk: RiskSchema,
  approval: ApprovalNeedSchema,
  basis: BasisSchema,
  expires_at: TimestampSchema,
});
export type Draft = Static<typeof DraftSchema>;
