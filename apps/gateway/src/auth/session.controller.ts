import { Controller, Inject, Req, Res } from '@nestjs/common';
import { SlipwayError, type SessionView } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles, PublicGet, PublicPost } from '../routes/handles';
import { routeNamed } from '../routes/route-table';
import { Authenticator } from './authenticator';
import { SessionCookies } from './session-cookies';
import { Sessions } from './sessions';
import { SIGN_IN, type SignIn } from './sign-in';

/** Signing in and out of the web. */
@Controller()
export class SessionController {
  private readonly route = routeNamed('getSession');
  constructor(
    private readonly calls: GatewayCalls,
    private readonly authenticator: Authenticator,
    private readonly cookies: SessionCookies,
    private readonly sessions: Sessions,
    @Inject(SIGN_IN) private readonly signIn: SignIn,
  ) {}

  @Handles('getSession')
  getSession(@Req() request: FastifyRequest): SessionView {
    this.calls.input(this.route, request);
    const cookie = request.headers.authorization === undefined ? this.cookies.read(request, 'session') : undefined;
    return this.sessions.view(request.access!, cookie);
  }

  /** Which ways in there are. */
  @PublicGet('/auth/methods')
  methods(): SignIn {
    return this.signIn;
  }

  /** A token becomes a session. */
  @PublicPost('/auth/session', 201)
  async open(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    this.cookies.requireOwnSite(request);
    const credential = await this.authenticator.credentialOf(tokenIn(request.body));
    return this.sessions.open(credential, request, reply);
  }

  @PublicPost('/auth/logout', 204)
  async close(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.close(await this.authenticator.authenticate(request), request, reply);
  }
}

function tokenIn(body: unknown): string {
  const token: unknown = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  if (typeof token === 'string' && Object.keys(body as object).length === 1) return token;
  throw new SlipwayError('invalid_request', 'Send {"token": "..."} and nothing else, as application/json.');
}
