import { SlipwayError } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { derivedKey, equalSecrets, keyedDigest } from '../access/secrets';

export const CSRF_HEADER = 'X-CSRF-Token';
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
/** What browsers say of requests that our own pages, or the person in the address bar, made. */
const OWN_SITE: readonly unknown[] = ['same-origin', 'none'];

/**
 * Cookies of the web: never readable by scripts, never sent with another site's requests except for following a link. Under https
 * they are bound to the host by their name.
 */
export class SessionCookies {
  private readonly csrfKey: Buffer;
  private readonly secure: boolean;

  /** @param secret shared by all replicas of the gateway */
  constructor(
    secret: string,
    private readonly publicUrl: URL,
  ) {
    this.csrfKey = derivedKey(secret, 'slipway csrf token');
    this.secure = publicUrl.protocol === 'https:';
  }

  read(request: FastifyRequest, name: 'session' | 'login'): string | undefined {
    const wanted = this.nameOf(name);
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const at = pair.indexOf('=');
      if (at > 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim();
    }
    return undefined;
  }

  set(reply: FastifyReply, name: 'session' | 'login', value: string, maxAgeS: number): void {
    const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${Math.max(0, Math.floor(maxAgeS))}`];
    const cookie = [`${this.nameOf(name)}=${value}`, ...attributes, ...(this.secure ? ['Secure'] : [])].join('; ');
    const before = reply.getHeader('set-cookie');
    void reply.header('set-cookie', [...(Array.isArray(before) ? before : before === undefined ? [] : [String(before)]), cookie]);
  }

  clear(reply: FastifyReply, name: 'session' | 'login'): void {
    this.set(reply, name, '', 0);
  }

  /** The same for all of a session; no other site can read it. */
  csrfToken(session: string): string {
    return keyedDigest(this.csrfKey, session);
  }

  /** @throws SlipwayError `csrf_token_invalid` for a change under the cookie that our own pages did not ask for. */
  requireOwnPage(request: FastifyRequest, session: string): void {
    if (SAFE_METHODS.includes(request.method)) return;
    this.requireOwnSite(request);
    const given = request.headers[CSRF_HEADER.toLowerCase()];
    if (typeof given === 'string' && equalSecrets(given, this.csrfToken(session))) return;
    throw new SlipwayError('csrf_token_invalid', `Send the csrf_token of GET /api/v1/session in the ${CSRF_HEADER} header.`);
  }

  /** @throws SlipwayError `csrf_token_invalid` when the browser says that another site's page made the request. */
  requireOwnSite(request: FastifyRequest): void {
    const { origin, 'sec-fetch-site': site } = request.headers;
    const foreign = site === undefined ? origin !== undefined && !this.isOwn(origin, request.headers.host) : !OWN_SITE.includes(site);
    if (foreign) throw new SlipwayError('csrf_token_invalid', 'Another site’s page asked for this; it is not done.');
  }

  private isOwn(origin: string, host: string | undefined): boolean {
    return origin === this.publicUrl.origin || origin === `http://${host}` || origin === `https://${host}`;
  }

  private nameOf(name: 'session' | 'login'): string {
    return `${this.secure ? '__Host-' : ''}slipway-${name}`;
  }
}
