import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  deriveId,
  environmentId,
  grantsOf,
  intersectGrants,
  NONE,
  resolveRef,
  SlipwayError,
  UNLIMITED,
  type AccessChanged,
  type AggregateRef,
  type Grant,
  type IssueToken,
} from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../provisioning.access';
import { requireHeldSomewhere, requireNoAgent, requireOwner } from '../../access.rules';
import { knownAccount } from '../../domain/account.decider';
import { AccountAggregate } from '../../domain/account.state';
import { createToken, type NewToken } from '../../domain/token.decider';
import { TokenAggregate } from '../../domain/token.state';
import { CreateToken } from './create-token.command';

type Owned = Pick<NewToken, 'actorId' | 'actorType' | 'accountId' | 'base' | 'scope'>;
const DEFAULT_LIFETIME_S = 30 * 24 * 60 * 60;

/** A credential of the caller, or of an account that the caller owns; never for more, or longer, than the caller’s own credential. */
@CommandHandler(CreateToken)
export class CreateTokenHandler implements ICommandHandler<CreateToken> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ request, caller }: CreateToken): Promise<Changed<AccessChanged>> {
    if (request.kind !== 'session') requireNoAgent(caller.principal);
    requireHeldSomewhere(caller.principal, request.project, request.permissions ?? []);
    const id = deriveId('token', caller.commandId);
    const projectId = request.account?.project_id ?? NONE;
    const token = { ...(await this.ownerOf(request, caller)), ...limitsOf(request), now: caller.commandContext().now };
    const ref: AggregateRef = { projectId, type: 'token', id };
    const { position } = await this.runner.runNew(TokenAggregate, ref, caller.commandContext(), (state) => createToken(token, state));
    return { view: { id, project_id: projectId }, position };
  }

  private async ownerOf(request: IssueToken, { principal }: CallerContext): Promise<Owned> {
    const { account, credential } = request;
    const scope = intersectGrants([requested(request)], credential.scope);
    if (!account) return { actorId: principal.actorId, actorType: principal.actorType, accountId: null, base: credential.base, scope };
    const ref: AggregateRef = { projectId: account.project_id, type: 'account', id: account.id };
    const known = knownAccount((await this.runner.load(AccountAggregate, ref)).state, account.id);
    requireOwner(principal, known);
    if (known.kind === 'human') throw new SlipwayError('forbidden', 'People make their own tokens; nobody makes them for others.');
    if (known.phase === 'disabled')
      throw new SlipwayError('resource_deleted', 'The account is disabled; enable it first.', { account_id: account.id });
    const held = intersectGrants(scope, grantsOf(principal));
    return { actorId: known.actorId, actorType: known.kind, accountId: known.id, base: [], scope: held };
  }
}

/** What is asked for, before it is held against what the caller has. */
function requested({ permissions, project, environments }: IssueToken): Grant {
  if (environments && !project) {
    throw new SlipwayError('invalid_request', 'Name the project in which the token is limited to environments.', { field: 'project' });
  }
  return {
    permissions: permissions ?? UNLIMITED.permissions,
    projects: project ? [project] : UNLIMITED.projects,
    environments: environments?.map((ref) => resolveRef(ref, (name) => environmentId(project!, name))) ?? UNLIMITED.environments,
  };
}

const limitsOf = ({ kind, name, credential, expires_in_s, secret_digest }: IssueToken) => ({
  kind,
  name,
  parentTokenId: credential.token_id,
  parentExpiresAt: credential.child_expires_at,
  lifetimeS: expires_in_s ?? DEFAULT_LIFETIME_S,
  digest: secret_digest,
});
