import type { Grant } from '../platform/actor';
import type { CreateAccount, CreateBinding, CreateDelegate, CreateToken, DefineRole, ChangeTeam } from './access.dto';
import type { AccountParent, TokenKind } from './access.events';

/** What a command on accounts, tokens, roles, bindings or teams changed; the gateway shows it from its own view of the log. */
export interface AccessChanged {
  id: string;
  project_id: string;
}
/** `project_id` is where the resource lives, `_` for none. */
export interface AccessRef {
  id: string;
  project_id: string;
  reason?: string;
}
/** The credential with which something is asked for, as the parent of what is made from it. */
export interface CredentialLimits {
  base: readonly Grant[];
  scope: readonly Grant[];
  token_id: string | null;
  child_expires_at: string | null;
}
/** The gateway made the secret and keeps it for its answer alone; only the digest travels. */
export interface IssueToken extends Omit<CreateToken, 'account'> {
  kind: TokenKind;
  account?: AccessRef;
  secret_digest: string;
  credential: CredentialLimits;
}
export interface SeePerson {
  actor_id: string;
  issuer: string;
  name: string;
  groups: string[];
  claims: readonly Grant[];
}

/** Verbs of identity and permission, served by provisioning. */
export interface AccessVerbs {
  'create-account': [CreateAccount, AccessChanged];
  'create-delegate': [CreateDelegate & { parent: AccountParent }, AccessChanged];
  'see-person': [SeePerson, AccessChanged];
  'disable-account': [AccessRef, AccessChanged];
  'enable-account': [AccessRef, AccessChanged];
  'create-token': [IssueToken, AccessChanged];
  'rotate-token': [AccessRef & { secret_digest: string; overlap_s: number; credential: CredentialLimits }, AccessChanged];
  'revoke-token': [AccessRef, AccessChanged];
  'define-role': [DefineRole & { name: string }, AccessChanged];
  'delete-role': [{ name: string; reason?: string }, AccessChanged];
  'create-binding': [CreateBinding, AccessChanged];
  'delete-binding': [AccessRef, AccessChanged];
  'change-team': [ChangeTeam & { name: string }, AccessChanged];
  'delete-team': [{ name: string; reason?: string }, AccessChanged];
}
