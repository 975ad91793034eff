import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** `slp_<24 characters of the token's id>_<43 characters: 256 random bits>`. */
const ACCESS_TOKEN = /^slp_([0-9a-hjkmnp-tv-z]{24})_([A-Za-z0-9_-]{43})$/;
export const ACCESS_TOKEN_PREFIX = 'slp_';

export const newSecret = (): string => randomBytes(32).toString('base64url');
export const digestOfSecret = (secret: string): string => `sha256:${createHash('sha256').update(secret).digest('hex')}`;
export const accessToken = (tokenId: string, secret: string): string => `${ACCESS_TOKEN_PREFIX}${tokenId.slice('tok-'.length)}_${secret}`;

export function readAccessToken(text: string): { readonly tokenId: string; readonly secret: string } | undefined {
  const [, id, secret] = ACCESS_TOKEN.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { tokenId: `tok-${id}`, secret };
}

/** A key of the gateway's own, the same in every replica; `purpose` keeps its uses apart. */
export const derivedKey = (secret: string, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
export const keyedDigest = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** In a time that does not tell where they differ. */
export function equalSecrets(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
