import { createHmac, randomBytes } from 'node:crypto';

/** https://www.standardwebhooks.com: `whsec_` and 32 random bytes in base64. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Headers of one delivery, signed with each secret that is good now: `webhook-signature` holds them all. @param at seconds since 1970 */
export function signedHeaders(deliveryId: string, at: number, body: string, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => `v1,${signatureOf(secret, `${deliveryId}.${at}.${body}`)}`);
  return { 'webhook-id': deliveryId, 'webhook-timestamp': String(at), 'webhook-signature': signatures.join(' ') };
}

const signatureOf = (secret: string, content: string): string =>
  createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(content)
    .digest('base64');
