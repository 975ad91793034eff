import { storedGrants, type AccountView, type BindingView, type TokenView } from '@slipway/contracts';
import type { KnownAccount, KnownBinding, KnownToken } from '@slipway/service-kit';

export const accountView = (account: KnownAccount): AccountView => ({
  account_id: account.id,
  actor_id: account.actorId,
  kind: account.kind,
  project_id: account.projectId,
  name: account.name,
  title: account.title,
  on_behalf_of: account.parent?.actor_id ?? null,
  issuer: account.seen?.issuer ?? null,
  groups: [...(account.seen?.groups ?? [])],
  status: account.disabled ? 'disabled' : 'active',
  created_at: account.createdAt,
  updated_at: account.updatedAt,
});

export const tokenView = ({ detail, ...token }: KnownToken, usable: boolean): TokenView => ({
  token_id: token.id,
  kind: detail.kind,
  name: detail.name,
  status: token.revokedAt !== null ? 'revoked' : Date.parse(detail.expires_at) <= Date.now() ? 'expired' : usable ? 'active' : 'disabled',
  actor_id: detail.actor_id,
  actor_type: detail.actor_type,
  account_id: detail.account_id,
  project_id: token.projectId,
  scope: storedGrants(detail.scope),
  parent_token_id: detail.parent_token_id,
  created_by: token.createdBy,
  created_at: token.createdAt,
  expires_at: detail.expires_at,
  revoked_at: token.revokedAt,
});

export const bindingView = (binding: KnownBinding): BindingView => ({
  binding_id: binding.id,
  role: binding.role,
  subject: binding.subject,
  scope: binding.scope,
  source: binding.source,
  created_by: binding.createdBy,
  created_at: binding.createdAt,
});
