import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import { TimestampSchema } from '../platform/names';

const Pem = (what: string, maxLength: number) => Type.String({ pattern: '^\\s*-----BEGIN [A-Z0-9 ]+-----', maxLength, description: what });

/** What opens a target. Write-only: sealed on the way in, opened in the runtime-executor alone, never in an event or a response. */
export const TargetCredentialSchema = Type.Union([
  Closed({
    kind: Type.Literal('ssh_key'),
    private_key: Pem('Private key in OpenSSH or PEM form', 32_768),
    passphrase: Type.Optional(Text(1000, { minLength: 1 })),
  }),
  Closed({ kind: Type.Literal('bearer_token'), token: Text(16_384, { minLength: 1 }) }),
  Closed({
    kind: Type.Literal('client_certificate'),
    certificate: Pem('Client certificate, PEM', 65_536),
    private_key: Pem('Its key, PEM', 32_768),
  }),
]);
export type TargetCredential = Static<typeof TargetCredentialSchema>;

/** What opens the Prometheus of a target. Write-only, as what opens the target. */
export const PrometheusCredentialSchema = Type.Union([
  Closed({
    kind: Type.Literal('basic_auth'),
    username: Type.String({ pattern: '^[^:\\x00-\\x1f]+$', maxLength: 255 }),
    password: Text(1000, { minLength: 1 }),
  }),
  Closed({ kind: Type.Literal('bearer_token'), token: Type.String({ pattern: '^[!-~]+$', maxLength: 16_384 }) }),
]);
export type PrometheusCredential = Static<typeof PrometheusCredentialSchema>;

export type CredentialKind = (TargetCredential | PrometheusCredential)['kind'];
export const CREDENTIAL_KINDS = [
  'ssh_key',
  'bearer_token',
  'client_certificate',
  'basic_auth',
] as const satisfies readonly CredentialKind[];

/** A stored credential as events and views name it: which kind, which version, and a keyed fingerprint that tells when it changed. */
export const CredentialPinSchema = Closed({
  kind: Type.Enum([...CREDENTIAL_KINDS]),
  version: Type.Integer({ minimum: 1 }),
  fingerprint: Text(100),
  stored_at: TimestampSchema,
});
export type CredentialPin = Static<typeof CredentialPinSchema>;
