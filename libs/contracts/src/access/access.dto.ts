import { Type, type Static } from 'typebox';
import { Closed, Nullable, Text } from '../platform/envelope';
import { IdSchema, NameSchema, RefSchema, TimestampSchema } from '../platform/names';
import { ACCOUNT_KINDS, BindingScopeSchema, BindingSubjectSchema, GrantSchema, PermissionsSchema, TOKEN_KINDS } from './access.events';

const ActorType = Type.Enum(['human', 'agent', 'service']);
const Reason = Closed({ reason: Type.Optional(Text(1000)) });
const ActorRef = Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$', maxLength: 200, description: 'Actor id' });
const NonEmptyPermissions = Type.Array(PermissionsSchema.items, { minItems: 1, maxItems: 20 });

/** Who is signed in, and what that may do where. */
export const SessionViewSchema = Closed({
  actor_id: Type.String(),
  actor_type: ActorType,
  name: Type.String(),
  on_behalf_of: Nullable(Type.String()),
  method: Type.Enum(['session', 'bearer', 'access_token']),
  issuer: Nullable(Type.String()),
  permissions: PermissionsSchema,
  grants: Type.Array(GrantSchema),
  expires_at: TimestampSchema,
  csrf_token: Nullable(Type.String({ description: 'Send as X-CSRF-Token with every change made under the cookie' })),
});
export type SessionView = Static<typeof SessionViewSchema>;

export const MAX_TOKEN_LIFETIME_S = 365 * 24 * 60 * 60;
export const CreateTokenSchema = Closed({
  name: Text(100, { minLength: 1 }),
  permissions: Type.Optional(NonEmptyPermissions),
  project: Type.Optional(NameSchema),
  environments: Type.Optional(Type.Array(RefSchema, { minItems: 1, maxItems: 50, description: 'Ids, or names in the project' })),
  expires_in_s: Type.Optional(Type.Integer({ minimum: 60, maximum: MAX_TOKEN_LIFETIME_S, description: 'Default 30 days' })),
  account: Type.Optional(IdSchema),
});
export type CreateToken = Static<typeof CreateTokenSchema>;
export const RotateTokenSchema = Closed({
  overlap_s: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400, description: 'How long the old secret still works; default 0' })),
});
export const RevokeTokenSchema = Reason;

const tokenMembers = {
  token_id: IdSchema,
  kind: Type.Enum([...TOKEN_KINDS]),
  name: Type.String(),
  status: Type.Enum(['active', 'expired', 'revoked', 'disabled']),
  actor_id: Type.String(),
  actor_type: ActorType,
  account_id: Nullable(IdSchema),
  project_id: Type.String(),
  scope: Type.Array(GrantSchema),
  parent_token_id: Nullable(IdSchema),
  created_by: Type.String(),
  created_at: TimestampSchema,
  expires_at: TimestampSchema,
  revoked_at: Nullable(TimestampSchema),
};
export const TokenViewSchema = Closed(tokenMembers);
export type TokenView = Static<typeof TokenViewSchema>;
/** `secret` is shown once; null in the answer to a repeated request. */
export const IssuedTokenSchema = Closed({ ...tokenMembers, secret: Nullable(Type.String()) });
export type IssuedToken = Static<typeof IssuedTokenSchema>;
const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'Entries a page; default 50' })),
  cursor: Type.Optional(Text(400, { description: '`next_cursor` of the page before' })),
};
export const ListTokensSchema = Closed({ account: Type.Optional(IdSchema), actor: Type.Optional(ActorRef), ...paging });
export type ListTokens = Static<typeof ListTokensSchema>;
/** Accounts, or bindings. */
export const ListOfProjectSchema = Closed({ project: Type.Optional(NameSchema), ...paging });
export type ListOfProject = Static<typeof ListOfProjectSchema>;

export const CreateAccountSchema = Closed({
  name: NameSchema,
  kind: Type.Enum(['service', 'agent']),
  project: Type.Optional(NameSchema),
  title: Type.Optional(Text(200)),
});
export type CreateAccount = Static<typeof CreateAccountSchema>;
/** An account that acts on behalf of whoever makes it: with the same grants at most, as long at most, in another name. */
export const CreateDelegateSchema = Closed({ name: NameSchema, kind: Type.Enum(['service', 'agent']), title: Type.Optional(Text(200)) });
export type CreateDelegate = Static<typeof CreateDelegateSchema>;
export const ChangeAccountStatusSchema = Reason;
export const AccountViewSchema = Closed({
  account_id: IdSchema,
  actor_id: Type.String(),
  kind: Type.Enum([...ACCOUNT_KINDS]),
  project_id: Type.String(),
  name: Type.String(),
  title: Type.String(),
  on_behalf_of: Nullable(Type.String()),
  issuer: Nullable(Type.String()),
  groups: Type.Array(Type.String()),
  status: Type.Enum(['active', 'disabled']),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type AccountView = Static<typeof AccountViewSchema>;

export const DefineRoleSchema = Closed({ title: Type.Optional(Text(200)), permissions: NonEmptyPermissions });
export type DefineRole = Static<typeof DefineRoleSchema>;
export const RoleViewSchema = Closed({
  name: NameSchema,
  title: Type.String(),
  permissions: PermissionsSchema,
  built_in: Type.Boolean(),
  updated_at: Nullable(TimestampSchema),
});
export type RoleView = Static<typeof RoleViewSchema>;

/** Scope: `environment` of a `project`, a `project`, a `team`, or none of them for the whole platform. */
export const CreateBindingSchema = Closed({
  role: NameSchema,
  subject: BindingSubjectSchema,
  project: Type.Optional(NameSchema),
  environment: Type.Optional(RefSchema),
  team: Type.Optional(NameSchema),
});
export type CreateBinding = Static<typeof CreateBindingSchema>;
export const BindingViewSchema = Closed({
  binding_id: IdSchema,
  role: NameSchema,
  subject: BindingSubjectSchema,
  scope: BindingScopeSchema,
  source: Type.Enum(['log', 'configuration']),
  created_by: Type.String(),
  created_at: Nullable(TimestampSchema),
});
export type BindingView = Static<typeof BindingViewSchema>;

export const ChangeTeamSchema = Closed({
  title: Type.Optional(Text(200)),
  members: Type.Array(ActorRef, { maxItems: 1000, uniqueItems: true }),
});
export type ChangeTeam = Static<typeof ChangeTeamSchema>;
export const TeamViewSchema = Closed({
  team_id: NameSchema,
  title: Type.String(),
  members: Type.Array(Type.String()),
  projects: Type.Array(Type.String()),
  updated_at: TimestampSchema,
});
export type TeamView = Static<typeof TeamViewSchema>;

/** Why somebody holds a permission: a role, bound how and where, or the credential's own claims. */
export const AccessReasonSchema = Closed({
  role: Nullable(NameSchema),
  via: Type.String({ description: 'direct, group:<name>, team:<name>, parent:<actor>, claims' }),
  scope: Nullable(BindingScopeSchema),
  binding_id: Nullable(IdSchema),
});
export type AccessReason = Static<typeof AccessReasonSchema>;
export const AccessEntrySchema = Closed({
  subject: Type.String({ description: 'Actor id, or group:<name> for a group as a whole' }),
  actor_type: Nullable(ActorType),
  status: Type.Enum(['active', 'disabled']),
  permissions: Type.Array(Closed({ permission: PermissionsSchema.items, because: Type.Array(AccessReasonSchema) })),
});
export type AccessEntry = Static<typeof AccessEntrySchema>;
export const AccessViewSchema = Closed({ project_id: IdSchema, environment_id: Nullable(IdSchema), items: Type.Array(AccessEntrySchema) });
export type AccessView = Static<typeof AccessViewSchema>;
export const ListAccessSchema = Closed({
  project: NameSchema,
  environment: Type.Optional(RefSchema),
  subject: Type.Optional(ActorRef),
  permission: Type.Optional(PermissionsSchema.items),
});
export type ListAccess = Static<typeof ListAccessSchema>;
