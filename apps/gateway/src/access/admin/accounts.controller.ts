import { Controller, Req, Res } from '@nestjs/common';
import { storedGrants, unknownResource, type AccountParent, type AccountView, type CreateDelegate, type Page } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessDirectory } from '@slipway/service-kit';
import { Sessions } from '../../auth/sessions';
import { Handles } from '../../routes/handles';
import { AccessCommands } from './access-commands';
import { VisibleAccess } from './visible-access';
import { accountView } from './views';

/** Service and agent accounts, delegates, and people as last seen. */
@Controller()
export class AccountsController {
  constructor(
    private readonly commands: AccessCommands,
    private readonly directory: AccessDirectory,
    private readonly visible: VisibleAccess,
    private readonly sessions: Sessions,
  ) {}

  @Handles('createAccount')
  async create(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccountView> {
    const opened = await this.commands.open('createAccount', request, reply);
    return this.shown(await this.commands.run('create-account', opened.input.body, opened));
  }

  @Handles('createDelegate')
  async createDelegate(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccountView> {
    const opened = await this.commands.open('createDelegate', request, reply);
    const { identity, limits, credential } = request.access!;
    await this.sessions.see(credential, request);
    const parent: AccountParent = {
      actor_id: identity.actorId,
      base: storedGrants(limits.base),
      scope: storedGrants(limits.scope),
      token_id: limits.token_id,
      expires_at: limits.child_expires_at,
    };
    return this.shown(await this.commands.run('create-delegate', { ...(opened.input.body as CreateDelegate), parent }, opened));
  }

  @Handles('listAccounts')
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Page<AccountView>> {
    const { input } = await this.commands.open('listAccounts', request, reply);
    const { items, next_cursor } = this.visible.accounts(input.query, request.access!.principal);
    return { items: items.map(accountView), next_cursor };
  }

  @Handles('disableAccount')
  disable(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccountView> {
    return this.change('disableAccount', 'disable-account', request, reply);
  }

  @Handles('enableAccount')
  enable(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccountView> {
    return this.change('enableAccount', 'enable-account', request, reply);
  }

  private async change(name: string, verb: string, request: FastifyRequest, reply: FastifyReply): Promise<AccountView> {
    const opened = await this.commands.open(name, request, reply);
    const { id, projectId } = this.visible.account(opened.input.params['id']!, request.access!.principal);
    return this.shown(await this.commands.run(verb, { id, project_id: projectId, ...opened.input.body }, opened));
  }

  private shown({ id }: { id: string }): AccountView {
    const account = this.directory.state.accounts.get(id);
    if (!account) throw unknownResource('account', id);
    return accountView(account);
  }
}
