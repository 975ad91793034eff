import { generateKeyPairSync } from 'node:crypto';
import type { Principal } from '@slipway/contracts';
import { SignJWT, importJWK, type JWK } from 'jose';
import { INTERNAL_TOKEN, InternalTokenSigner, InternalTokenVerifier } from './internal-token';

const pair = generateKeyPairSync('ed25519');
const privateJwk = pair.privateKey.export({ format: 'jwk' }) as JWK;
const publicJwk = pair.publicKey.export({ format: 'jwk' }) as JWK;
const ann: Principal = { actorId: 'ann', actorType: 'human', permissions: ['deploy:release:read'], projects: ['*'], environments: ['*'] };

const forge = async (over: { iss?: string; aud?: string; expS?: number; sub?: string } = {}): Promise<string> =>
  new SignJWT({ principal: ann })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(over.sub ?? 'ann')
    .setIssuer(over.iss ?? INTERNAL_TOKEN.issuer)
    .setAudience(over.aud ?? INTERNAL_TOKEN.audience)
    .setExpirationTime(Math.floor(Date.now() / 1000) + (over.expS ?? 60))
    .sign(await importJWK(privateJwk, 'EdDSA'));

describe('internal token', () => {
  const signer = new InternalTokenSigner(privateJwk);
  const verifier = new InternalTokenVerifier(publicJwk);

  it('carries the principal, and is signed once while fresh', async () => {
    const token = await signer.sign(ann);
    expect(await verifier.verify(token)).toEqual(ann);
    expect(await signer.sign({ ...ann })).toBe(token);
    expect(await signer.sign({ ...ann, projects: ['demo'] })).not.toBe(token);
  });

  it.each([
    ['another issuer', { iss: 'someone' }, 'unauthenticated'],
    ['another audience', { aud: 'web' }, 'unauthenticated'],
    ['a subject that is not the principal', { sub: 'root' }, 'unauthenticated'],
    ['an expired one', { expS: -5 }, 'token_expired'],
  ])('is refused with %s', async (_, over, code) => {
    await expect(verifier.verify(await forge(over))).rejects.toMatchObject({ code });
  });

  it('is refused with another algorithm, no signature, another key, or a changed payload', async () => {
    const token = await signer.sign(ann);
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    const hmac = await new SignJWT({ principal: ann })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ann')
      .sign(Buffer.from(publicJwk.x!));
    const other = await new InternalTokenSigner(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })).sign(ann);
    const raised = Buffer.from(payload, 'base64url').toString().replace('deploy:release:read', 'deploy:release:approve');
    const changed = `${header}.${Buffer.from(raised).toString('base64url')}.${signature}`;
    for (const bad of [none, hmac, other, changed, 'rubbish', undefined]) {
      await expect(verifier.verify(bad)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
  });
});
