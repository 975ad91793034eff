import { Controller, Inject, Req, Res } from '@nestjs/common';
import { SlipwayError } from '@slipway/contracts';
import { LOGGER, type Logger } from '@slipway/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicGet } from '../../routes/handles';
import { SessionCookies } from '../session-cookies';
import { Sessions } from '../sessions';
import { CodeFlow, ownPath, SIGN_IN_S, SignInFailed } from './code-flow';

const SIGN_IN_PAGE = '/login';

/** The two ends of signing in at the identity provider. */
@Controller()
export class OidcController {
  constructor(
    @Inject(CodeFlow) private readonly flow: CodeFlow | null,
    private readonly cookies: SessionCookies,
    private readonly sessions: Sessions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @PublicGet('/auth/login')
  async login(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { url, cookie } = await this.configured().begin(ownPath((request.query as Record<string, unknown>)['return_to']));
    this.cookies.set(reply, 'login', cookie, SIGN_IN_S);
    await reply.redirect(url, 302);
  }

  @PublicGet('/auth/callback')
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const flow = this.configured();
    const cookie = this.cookies.read(request, 'login');
    this.cookies.clear(reply, 'login');
    try {
      const { identity, returnTo } = await flow.finish(request.query as Record<string, unknown>, cookie);
      await this.sessions.open(identity, request, reply);
      await reply.redirect(returnTo, 302);
    } catch (error) {
      const code = error instanceof SignInFailed ? error.code : 'login_failed';
      this.logger.warn({ request_id: request.id, code, error: error instanceof Error ? (error.cause ?? error) : error }, 'sign-in failed');
      await reply.redirect(`${SIGN_IN_PAGE}?error=${code}`, 302);
    }
  }

  private configured(): CodeFlow {
    if (this.flow) return this.flow;
    throw new SlipwayError('unknown_route', 'No identity provider is configured here (SLIPWAY_OIDC_ISSUER); sign in with a token.');
  }
}
