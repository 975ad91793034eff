import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { RUNTIME_TYPES } from '../platform/lifecycle';
import { IdSchema, NameSchema, RefSchema, TimestampSchema } from '../platform/names';
import { CheckSchema } from '../release/draft';
import { KubernetesConnectionSchema, TargetConnectionSchema } from './target-connection';
import { CredentialPinSchema, PrometheusCredentialSchema, TargetCredentialSchema } from './target-credential';

const { namespace, field_manager, gateway, shared_secrets, shared_claims, prometheus } = KubernetesConnectionSchema.properties;
/**
 * An uploaded kubeconfig and what it does not say. It is judged by an allow-list and taken apart: the connection is kept, the
 * credential sealed, the rest forgotten.
 */
export const KubeconfigInputSchema = Closed({
  content: Text(262_144, {
    minLength: 1,
    description: 'YAML or JSON; exec, auth-provider, file paths, proxy-url and the like are refused',
  }),
  context: Type.Optional(Text(253, { minLength: 1, description: 'Default: its current-context' })),
  namespace: Type.Optional(namespace),
  field_manager,
  gateway,
  shared_secrets,
  shared_claims,
  prometheus,
});
export type KubeconfigInput = Static<typeof KubeconfigInputSchema>;

const Entrance = {
  connection: Type.Optional(TargetConnectionSchema),
  kubeconfig: Type.Optional(KubeconfigInputSchema),
  credential: Type.Optional(TargetCredentialSchema),
  prometheus_credential: Type.Optional(PrometheusCredentialSchema),
  trust_on_first_use: Type.Optional(
    Type.Boolean({ description: 'compose: pin the host key that the host presents now; it is in the answer, compare it' }),
  ),
};

export const CreateTargetSchema = Closed({
  project: RefSchema,
  environment: RefSchema,
  name: NameSchema,
  runtime_type: Type.Enum([...RUNTIME_TYPES]),
  ...Entrance,
});
export type CreateTarget = Static<typeof CreateTargetSchema>;
const changedLogin = Type.Optional(
  Type.Union([PrometheusCredentialSchema, Type.Null()], { description: 'Null takes it away; absent: it stays' }),
);
/** Another connection. Where its endpoint is another, the credential is dropped and a new one is needed in the same request. */
export const UpdateTargetSchema = Closed({ ...Entrance, prometheus_credential: changedLogin });
export type UpdateTarget = Static<typeof UpdateTargetSchema>;
/** A new credential for the same endpoint; releases and previews are not touched. */
export const RotateCredentialSchema = Closed({
  credential: Entrance.credential,
  kubeconfig: Entrance.kubeconfig,
  prometheus_credential: changedLogin,
});
export type RotateCredential = Static<typeof RotateCredentialSchema>;
export const DeleteWithReasonSchema = Closed({ reason: Type.Optional(Text(1000)) });
export type DeleteWithReason = Static<typeof DeleteWithReasonSchema>;

/** What a connection was found to be. Every check says what is missing and how to fix it. */
export const ConnectionReportViewSchema = Closed({
  ok: Type.Boolean(),
  checks: Type.Array(CheckSchema),
  versions: Type.Record(Type.String(), Text(200)),
  presented_host_key: Nullable(Type.String()),
  checked_at: TimestampSchema,
});
export type ConnectionReportView = Static<typeof ConnectionReportViewSchema>;

export const TargetViewSchema = Closed({
  target_id: IdSchema,
  project_id: IdSchema,
  environment_id: IdSchema,
  name: NameSchema,
  runtime_type: Type.Enum([...RUNTIME_TYPES]),
  connection: TargetConnectionSchema,
  credential: Nullable(CredentialPinSchema),
  prometheus_credential: Nullable(CredentialPinSchema),
  report: Type.Optional(ConnectionReportViewSchema),
  version: Type.Integer(),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type TargetView = Static<typeof TargetViewSchema>;
