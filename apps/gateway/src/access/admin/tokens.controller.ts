import { Controller, Req, Res } from '@nestjs/common';
import { unknownResource, type AccessRef, type IssuedToken, type IssueToken, type Page, type TokenView } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessDirectory, type KnownToken } from '@slipway/service-kit';
import { Sessions } from '../../auth/sessions';
import { Handles } from '../../routes/handles';
import { AccessResolver } from '../access-resolver';
import { accessToken, digestOfSecret, newSecret } from '../secrets';
import { AccessCommands, type AccessRequest } from './access-commands';
import { VisibleAccess } from './visible-access';
import { tokenView } from './views';

/** Access tokens. The gateway makes the secret, keeps it for this one answer, and passes on its digest alone. */
@Controller()
export class TokensController {
  constructor(
    private readonly commands: AccessCommands,
    private readonly directory: AccessDirectory,
    private readonly resolver: AccessResolver,
    private readonly visible: VisibleAccess,
    private readonly sessions: Sessions,
  ) {}

  @Handles('createToken')
  async create(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<IssuedToken> {
    const opened = await this.commands.open('createToken', request, reply);
    const { account, ...wanted } = opened.input.body as { account?: string } & Omit<IssueToken, 'account'>;
    const access = request.access!;
    await this.sessions.see(access.credential, request);
    const owner = account === undefined ? {} : { account: refOf(this.visible.account(account, access.principal)) };
    const kind = account === undefined ? 'personal' : 'account';
    return this.issue(opened, (secret_digest) => ({
      verb: 'create-token',
      body: { ...wanted, ...owner, kind, secret_digest, credential: access.limits } satisfies IssueToken,
    }));
  }

  @Handles('listTokens')
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Page<TokenView>> {
    const { input } = await this.commands.open('listTokens', request, reply);
    const { items, next_cursor } = this.visible.tokens(input.query, request.access!.principal);
    return { items: items.map((token) => this.view(token)), next_cursor };
  }

  @Handles('rotateToken')
  async rotate(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<IssuedToken> {
    const opened = await this.commands.open('rotateToken', request, reply);
    const { principal, limits: credential } = request.access!;
    const token = this.visible.token(opened.input.params['id']!, principal);
    const overlap_s = (opened.input.body['overlap_s'] as number | undefined) ?? 0;
    return this.issue(opened, (secret_digest) => ({
      verb: 'rotate-token',
      body: { ...refOf(token), secret_digest, overlap_s, credential },
    }));
  }

  @Handles('revokeToken')
  async revoke(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<TokenView> {
    const opened = await this.commands.open('revokeToken', request, reply);
    const token = this.visible.token(opened.input.params['id']!, request.access!.principal);
    const { id } = await this.commands.run('revoke-token', { ...refOf(token), ...opened.input.body }, opened);
    return this.view(this.known(id));
  }

  /** A repeated request finds the digest of the first secret, which nobody has any more. */
  private async issue(opened: AccessRequest, command: (digest: string) => { verb: string; body: object }): Promise<IssuedToken> {
    const secret = newSecret();
    const digest = digestOfSecret(secret);
    const { verb, body } = command(digest);
    const { id } = await this.commands.run(verb, body, opened);
    const token = this.known(id);
    return { ...this.view(token), secret: token.digest === digest ? accessToken(id, secret) : null };
  }

  private known(id: string): KnownToken {
    const token = this.directory.state.tokens.get(id);
    if (!token) throw unknownResource('token', id);
    return token;
  }

  private view(token: KnownToken): TokenView {
    return tokenView(token, this.resolver.isUsable({ kind: 'token', tokenId: token.id }));
  }
}

const refOf = ({ id, projectId }: { id: string; projectId: string }): AccessRef => ({ id, project_id: projectId });
