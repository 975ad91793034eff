import { Type, type Static } from 'typebox';
import type { Grant } from '../platform/actor';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { DigestSchema, IdSchema, NAME_PATTERN, NameSchema, TimestampSchema } from '../platform/names';
import { PERMISSIONS } from '../platform/permissions';

const ScopeList = Type.Array(Type.String({ pattern: `${NAME_PATTERN}|^\\*$`, maxLength: 63 }), { description: "Ids, or ['*']" });
export const PermissionsSchema = Type.Array(Type.Enum([...PERMISSIONS]), { maxItems: PERMISSIONS.length });
export const GrantSchema = Closed({
  permissions: PermissionsSchema,
  projects: ScopeList,
  environments: ScopeList,
  roles: Type.Optional(Type.Array(NameSchema, { description: 'Roles by which it is held' })),
});
const Grants = Type.Array(GrantSchema, { maxItems: 1000 });
export type StoredGrant = Static<typeof GrantSchema>;

/** Grants as events and answers hold them. */
export const storedGrants = (grants: readonly Grant[]): StoredGrant[] =>
  grants.map(({ permissions, projects, environments, roles }) => ({
    permissions: [...permissions],
    projects: [...projects],
    environments: [...environments],
    ...(roles === undefined ? {} : { roles: [...roles] }),
  }));

/** `human`: a person as last seen at an identity provider; the others are made here and act by tokens. */
export const ACCOUNT_KINDS = ['human', 'service', 'agent'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];
/** `session`: a person's browser; `personal`: a person's programs; `account`: a service or agent account. */
export const TOKEN_KINDS = ['personal', 'account', 'session'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** A person for whom an account acts: it never has more than the person has, nor lives longer. */
export const AccountParentSchema = Closed({
  actor_id: Text(200),
  base: Grants,
  scope: Grants,
  token_id: Nullable(IdSchema),
  expires_at: Nullable(TimestampSchema),
});
export type AccountParent = Static<typeof AccountParentSchema>;

export const accountEvents = {
  'account.created': Closed({
    actor_id: Text(200),
    kind: Type.Enum(['service', 'agent']),
    name: NameSchema,
    title: Text(200),
    parent: Nullable(AccountParentSchema),
  }),
  /** A person signed in, and something about the person was new. */
  'account.seen': Closed({
    actor_id: Text(200),
    issuer: Text(500),
    name: Text(200),
    groups: Type.Array(Text(200), { maxItems: 500 }),
    /** What the issuer's token itself grants; of the embedded issuer only. */
    claims: Grants,
  }),
  'account.disabled': Closed({ reason: Text(1000) }),
  'account.enabled': Closed({ reason: Text(1000) }),
};
export type AccountEvent = EventsOf<typeof accountEvents>;
export type NewAccountEvent = NewEventsOf<typeof accountEvents>;

/** The secret is in no event: `secret_digest` is SHA-256 over its 256 random bits. */
export const tokenEvents = {
  'token.created': Closed({
    kind: Type.Enum([...TOKEN_KINDS]),
    name: Text(100),
    actor_id: Text(200),
    actor_type: Type.Enum(['human', 'agent', 'service']),
    account_id: Nullable(IdSchema),
    /** What it may do at most, whatever its owner may. */
    scope: Grants,
    /** What its owner's own credential grants beside role bindings. */
    base: Grants,
    parent_token_id: Nullable(IdSchema),
    /** A child of this token expires no later. */
    child_expires_at: Nullable(TimestampSchema),
    expires_at: TimestampSchema,
    secret_digest: DigestSchema,
  }),
  'token.rotated': Closed({ secret_digest: DigestSchema, previous_until: TimestampSchema }),
  'token.revoked': Closed({ reason: Text(1000) }),
};
export type TokenEvent = EventsOf<typeof tokenEvents>;
export type NewTokenEvent = NewEventsOf<typeof tokenEvents>;

export const roleEvents = {
  'role.defined': Closed({ name: NameSchema, title: Text(200), permissions: PermissionsSchema }),
  'role.deleted': Closed({ reason: Text(1000) }),
};
export type RoleEvent = EventsOf<typeof roleEvents>;
export type NewRoleEvent = NewEventsOf<typeof roleEvents>;

/** Whom a role is bound to. `ref`: an actor id, a group of the identity provider, or a team. */
export const BindingSubjectSchema = Closed({
  kind: Type.Enum(['actor', 'group', 'team']),
  ref: Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$', maxLength: 200 }),
});
export type BindingSubject = Static<typeof BindingSubjectSchema>;
/** Where: members name the place, `_` where the kind has none. `team`: every project of the team, also later ones. */
export const BindingScopeSchema = Closed({
  kind: Type.Enum(['platform', 'team', 'project', 'environment']),
  team_id: Type.String({ maxLength: 63 }),
  project_id: Type.String({ maxLength: 63 }),
  environment_id: Type.String({ maxLength: 63 }),
});
export type BindingScope = Static<typeof BindingScopeSchema>;

export const bindingEvents = {
  'binding.created': Closed({ role: NameSchema, subject: BindingSubjectSchema, scope: BindingScopeSchema }),
  'binding.deleted': Closed({ reason: Text(1000) }),
};
export type BindingEvent = EventsOf<typeof bindingEvents>;
export type NewBindingEvent = NewEventsOf<typeof bindingEvents>;

export const teamEvents = {
  'team.changed': Closed({ name: NameSchema, title: Text(200), members: Type.Array(Text(200), { maxItems: 1000 }) }),
  'team.deleted': Closed({ reason: Text(1000) }),
};
export type TeamEvent = EventsOf<typeof teamEvents>;
export type NewTeamEvent = NewEventsOf<typeof teamEvents>;
