import { Type, type Static } from 'typebox';
import { Closed, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { IdSchema, NameSchema } from '../platform/names';
import { ENVIRONMENT_TYPES, type EnvironmentType } from '../platform/lifecycle';
import { PERMISSIONS } from '../platform/permissions';

/**
 * What an environment asks for before something runs in it. The default is the matrix of spec 001, section 3.1.
 * Times are in seconds; `null` means no limit.
 */
export const EnvironmentPolicySchema = Closed({
  approval_for: Type.Array(Type.Enum(['apply', 'rollback', 'install']), { description: 'Acts that need a ticket' }),
  required_permission: Type.Enum([...PERMISSIONS]),
  quorum: Type.Integer({ minimum: 1, maximum: 20 }),
  four_eyes: Type.Boolean({ description: 'The requester never approves' }),
  ticket_ttl_s: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  preview_ttl_s: Type.Integer({ minimum: 1 }),
  sla_s: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  priority: Type.Enum(['P0', 'P1', 'P2', 'P3']),
  automatic_rollback: Type.Boolean({ description: 'A release that fails verification is rolled back without a ticket' }),
  rollback_time_bound_s: Type.Integer({ minimum: 1 }),
});
export type EnvironmentPolicy = Static<typeof EnvironmentPolicySchema>;

/** Spec 001, section 3.1; preview expiry from ARCHITECTURE.md, section 6. */
export function defaultPolicy(type: EnvironmentType): EnvironmentPolicy {
  const production = type === 'production';
  return {
    approval_for: production ? ['apply', 'rollback', 'install'] : [],
    required_permission: production ? 'deploy:release:approve' : 'deploy:release:apply',
    quorum: 1,
    four_eyes: true,
    ticket_ttl_s: production ? 30 * 60 : null,
    preview_ttl_s: production ? 15 * 60 : 30 * 60,
    sla_s: production ? 30 * 60 : type === 'staging' ? 2 * 60 * 60 : null,
    priority: production ? 'P1' : type === 'staging' ? 'P2' : 'P3',
    automatic_rollback: true,
    rollback_time_bound_s: 300,
  };
}

export const environmentEvents = {
  'environment.created': Closed({
    name: NameSchema,
    title: Text(200),
    type: Type.Enum([...ENVIRONMENT_TYPES]),
    policy: EnvironmentPolicySchema,
  }),
  'environment.updated': Closed({ title: Text(200) }),
  'environment.policy_changed': Closed({ policy: EnvironmentPolicySchema, reason: Text(1000) }),
  'environment.deleted': Closed({ reason: Text(1000) }),
};
export type EnvironmentEvent = EventsOf<typeof environmentEvents>;
export type NewEnvironmentEvent = NewEventsOf<typeof environmentEvents>;
export const EnvironmentRefSchema = Closed({ environment_id: IdSchema, name: NameSchema, type: Type.Enum([...ENVIRONMENT_TYPES]) });
