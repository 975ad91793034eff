import {
  AccessViewSchema,
  AccountViewSchema,
  BindingViewSchema,
  ChangeAccountStatusSchema,
  ChangeTeamSchema,
  Closed,
  CreateAccountSchema,
  CreateBindingSchema,
  CreateDelegateSchema,
  CreateTokenSchema,
  DefineRoleSchema,
  IdSchema,
  IssuedTokenSchema,
  ListAccessSchema,
  ListOfProjectSchema,
  ListTokensSchema,
  NameSchema,
  RevokeTokenSchema,
  RoleViewSchema,
  RotateTokenSchema,
  TeamViewSchema,
  Text,
  TokenViewSchema,
  type Permission,
} from '@slipway/contracts';
import { Type } from 'typebox';
import type { Route } from './route';
import { ListOf, PageOf } from './shapes';

/** Who governs a place says who may do what in it (ADR 0005). */
const ADMINISTER: readonly Permission[] = ['deploy:release:apply', 'deploy:release:approve'];
const READ: readonly Permission[] = ['deploy:release:read'];
const ById = Closed({ id: IdSchema });
const ByName = Closed({ name: NameSchema });
const WithReason = Closed({ reason: Type.Optional(Text(1000)) });
const inBody = { in: 'body', name: 'project' } as const;
const inQuery = { in: 'query', name: 'project' } as const;

const row = (
  method: Route['method'],
  path: string,
  name: string,
  summary: string,
  permissions: readonly Permission[],
  rest: Pick<Route, 'response'> & Partial<Route>,
): Route => ({ tag: 'access', method, path: `/access${path}`, name, summary, permissions, status: 200, ...rest });

const tokens: readonly Route[] = [
  row('POST', '/tokens', 'createToken', 'Make an access token, of one’s own or of an account; its secret is shown once', READ, {
    project: inBody,
    body: CreateTokenSchema,
    response: IssuedTokenSchema,
    status: 201,
  }),
  row('GET', '/tokens', 'listTokens', 'Tokens: one’s own, an account’s, or an actor’s, the latest first; never their secrets', READ, {
    query: ListTokensSchema,
    response: PageOf(TokenViewSchema),
  }),
  row('POST', '/tokens/:id/rotate', 'rotateToken', 'Give a token a new secret', READ, {
    params: ById,
    body: RotateTokenSchema,
    response: IssuedTokenSchema,
  }),
  row('POST', '/tokens/:id/revoke', 'revokeToken', 'End a token, its children and all that they have open', READ, {
    params: ById,
    body: RevokeTokenSchema,
    response: TokenViewSchema,
  }),
];

const accounts: readonly Route[] = [
  row('POST', '/accounts', 'createAccount', 'Make a service or agent account of a project, or of the platform', ADMINISTER, {
    project: inBody,
    body: CreateAccountSchema,
    response: AccountViewSchema,
    status: 201,
  }),
  row('POST', '/delegates', 'createDelegate', 'Make an account that acts on behalf of the caller', READ, {
    body: CreateDelegateSchema,
    response: AccountViewSchema,
    status: 201,
  }),
  row('GET', '/accounts', 'listAccounts', 'Accounts in the caller’s scope, and the caller’s delegates', READ, {
    project: inQuery,
    query: ListOfProjectSchema,
    response: PageOf(AccountViewSchema),
  }),
  row('POST', '/accounts/:id/disable', 'disableAccount', 'End all that an account or a person has open; none of its tokens works', READ, {
    params: ById,
    body: ChangeAccountStatusSchema,
    response: AccountViewSchema,
  }),
  row('POST', '/accounts/:id/enable', 'enableAccount', 'Let a disabled account act again', READ, {
    params: ById,
    body: ChangeAccountStatusSchema,
    response: AccountViewSchema,
  }),
];

const roles: readonly Route[] = [
  row('GET', '/roles', 'listRoles', 'Roles, built-in and defined', READ, { response: ListOf(RoleViewSchema) }),
  row('PUT', '/roles/:name', 'defineRole', 'Define a role, or change it for all to whom it is bound', ADMINISTER, {
    platformScope: true,
    params: ByName,
    body: DefineRoleSchema,
    response: RoleViewSchema,
  }),
  row('DELETE', '/roles/:name', 'deleteRole', 'Delete a role; its bindings give nothing any more', ADMINISTER, {
    platformScope: true,
    params: ByName,
    query: WithReason,
    response: Closed({ name: NameSchema }),
  }),
  row('GET', '/bindings', 'listBindings', 'Which role is bound to whom, where', READ, {
    project: inQuery,
    query: ListOfProjectSchema,
    response: PageOf(BindingViewSchema),
  }),
  row('POST', '/bindings', 'createBinding', 'Bind a role to an actor, a group or a team, in a scope', ADMINISTER, {
    project: inBody,
    body: CreateBindingSchema,
    response: BindingViewSchema,
    status: 201,
  }),
  row('DELETE', '/bindings/:id', 'deleteBinding', 'Take a role back', ADMINISTER, {
    params: ById,
    query: WithReason,
    response: BindingViewSchema,
  }),
];

const teams: readonly Route[] = [
  row('GET', '/teams', 'listTeams', 'Teams, their members and projects', READ, { response: ListOf(TeamViewSchema) }),
  row('PUT', '/teams/:name', 'changeTeam', 'Make a team, or change its members', ADMINISTER, {
    platformScope: true,
    params: ByName,
    body: ChangeTeamSchema,
    response: TeamViewSchema,
  }),
  row('DELETE', '/teams/:name', 'deleteTeam', 'Delete a team; what was bound to it gives nothing any more', ADMINISTER, {
    platformScope: true,
    params: ByName,
    query: WithReason,
    response: Closed({ team_id: NameSchema }),
  }),
];

/** Identity and permission; answered from the gateway's view of the log, changed by provisioning. */
export const accessRoutes: readonly Route[] = [
  ...tokens,
  ...accounts,
  ...roles,
  ...teams,
  row('GET', '/view', 'viewAccess', 'Who may do what in a project or environment, and why', READ, {
    project: inQuery,
    query: ListAccessSchema,
    response: AccessViewSchema,
  }),
];
