import { Injectable } from '@nestjs/common';
import { SlipwayError } from '@slipway/contracts';
import { AccessDirectory, type KnownToken } from '@slipway/service-kit';
import type { TokenCredential } from './credential';
import { digestOfSecret, equalSecrets, readAccessToken } from './secrets';

/** How long a token that another replica has just made may take to be known here. */
const KNOWN_WITHIN_MS = 1_000;
const MOST_WAITING = 100;

/** Checks access tokens of ours: the secret's digest is in the directory. */
@Injectable()
export class TokenSecrets {
  private waiting = 0;
  constructor(private readonly directory: AccessDirectory) {}

  /** @throws SlipwayError `unauthenticated` unless it is a token of this kind of use with the right secret. */
  async check(text: string, use: 'bearer' | 'session'): Promise<TokenCredential> {
    const read = readAccessToken(text);
    if (!read) throw invalid();
    const token = await this.find(read.tokenId);
    const isSession = token?.detail.kind === 'session';
    if (!token || isSession !== (use === 'session') || !isSecretOf(token, digestOfSecret(read.secret))) throw invalid();
    return { kind: 'token', tokenId: read.tokenId };
  }

  private async find(tokenId: string): Promise<KnownToken | undefined> {
    const { tokens } = this.directory.state;
    if (tokens.has(tokenId) || this.waiting >= MOST_WAITING) return tokens.get(tokenId);
    this.waiting++;
    await this.directory.within(KNOWN_WITHIN_MS, () => tokens.has(tokenId)).catch(() => undefined);
    this.waiting--;
    return tokens.get(tokenId);
  }
}

function isSecretOf({ digest, previous }: KnownToken, given: string): boolean {
  if (equalSecrets(digest, given)) return true;
  return previous !== null && Date.parse(previous.until) > Date.now() && equalSecrets(previous.digest, given);
}

const invalid = (): SlipwayError => new SlipwayError('unauthenticated', 'The token is not valid here.');
