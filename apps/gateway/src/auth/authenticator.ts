import { Injectable } from '@nestjs/common';
import { SlipwayError } from '@slipway/contracts';
import type { FastifyRequest } from 'fastify';
import { AccessResolver } from '../access/access-resolver';
import type { Credential } from '../access/credential';
import { ACCESS_TOKEN_PREFIX } from '../access/secrets';
import { TokenSecrets } from '../access/token-secrets';
import type { Access } from '../http/request-context';
import { IssuedTokens } from './issued-tokens';
import { SessionCookies } from './session-cookies';

const MAX_TOKEN_BYTES = 8_192;

/** Who sent a request: by a bearer token in the Authorization header, or by the session cookie of the web. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly issued: IssuedTokens,
    private readonly secrets: TokenSecrets,
    private readonly cookies: SessionCookies,
    private readonly resolver: AccessResolver,
  ) {}

  /** @throws SlipwayError `unauthenticated`, `token_expired`, `token_revoked`, `account_disabled`, `csrf_token_invalid` */
  async authenticate(request: FastifyRequest): Promise<Access> {
    return request.headers.authorization === undefined ? this.bySession(request) : this.byBearer(request);
  }

  /** What no browser session may do, e.g. speak MCP. @throws SlipwayError as `authenticate` does */
  async byBearer({ headers: { authorization = '' } }: Pick<FastifyRequest, 'headers'>): Promise<Access> {
    const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(authorization)?.[1];
    if (!token) throw missing();
    return this.resolver.resolve(await this.credentialOf(token));
  }

  /** @throws SlipwayError `unauthenticated`, `token_expired` */
  async credentialOf(token: string): Promise<Credential> {
    if (token.length > MAX_TOKEN_BYTES) throw new SlipwayError('unauthenticated', 'The token is not valid here.');
    return token.startsWith(ACCESS_TOKEN_PREFIX) ? this.secrets.check(token, 'bearer') : this.issued.verify(token);
  }

  private async bySession(request: FastifyRequest): Promise<Access> {
    const session = this.cookies.read(request, 'session');
    if (session === undefined) throw missing();
    const access = this.resolver.resolve(await this.secrets.check(session, 'session'));
    this.cookies.requireOwnPage(request, session);
    return access;
  }
}

const missing = (): SlipwayError => new SlipwayError('unauthenticated', 'Send a bearer token in the Authorization header.');
