import { Type } from 'typebox';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { RUNTIME_TYPES } from '../platform/lifecycle';
import { IdSchema, NameSchema } from '../platform/names';
import { TargetConnectionSchema } from './target-connection';
import { CredentialPinSchema } from './target-credential';

export const targetEvents = {
  'target.created': Closed({
    name: NameSchema,
    environment_id: IdSchema,
    runtime_type: Type.Enum([...RUNTIME_TYPES]),
    connection: TargetConnectionSchema,
    credential: Type.Optional(CredentialPinSchema),
    prometheus_credential: Type.Optional(CredentialPinSchema),
  }),
  /** `credential`: what opens it from now on. Null: a changed endpoint dropped the credential; absent: it stays as it was. */
  'target.updated': Closed({
    connection: TargetConnectionSchema,
    credential: Type.Optional(Nullable(CredentialPinSchema)),
    prometheus_credential: Type.Optional(Nullable(CredentialPinSchema)),
  }),
  /** Previews stay valid: a rotation changes who may enter, not what is there. Null: the login was taken away; absent: as it was. */
  'target.credential_rotated': Closed({
    credential: Type.Optional(CredentialPinSchema),
    prometheus_credential: Type.Optional(Nullable(CredentialPinSchema)),
  }),
  'target.deleted': Closed({ reason: Text(1000) }),
};
export type TargetEvent = EventsOf<typeof targetEvents>;
export type NewTargetEvent = NewEventsOf<typeof targetEvents>;
