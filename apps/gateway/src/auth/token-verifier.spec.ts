import { createHmac } from 'node:crypto';
import { EMBEDDED_ROLES, PERMISSIONS } from '@slipway/contracts';
import {
  API_AUDIENCE,
  EMBEDDED_ISSUER,
  generateSigningKeyPair,
  issueAccessToken,
  issueEmbeddedTokens,
  type SigningKeyPair,
} from '@slipway/service-kit';
import { base64url, importJWK, SignJWT } from 'jose';
import { TokenVerifier } from './token-verifier';

describe('TokenVerifier', () => {
  let keys: SigningKeyPair;
  let verifier: TokenVerifier;
  const claims = { actor_type: 'human', permissions: PERMISSIONS, projects: ['demo'], environments: ['*'] } as const;
  const token = (changes: object = {}, sub = 'developer'): Promise<string> =>
    issueAccessToken(sub, { ...claims, ...changes }, { privateJwk: keys.privateJwk });
  const refusal = (text: string): Promise<string> =>
    verifier.verify(text).then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    );
  const signed = async (overrides: { issuer?: string; audience?: string; expires?: string }): Promise<string> => {
    const key = await importJWK(keys.privateJwk, 'EdDSA');
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setSubject('developer')
      .setIssuer(overrides.issuer ?? EMBEDDED_ISSUER)
      .setAudience(overrides.audience ?? API_AUDIENCE)
      .setExpirationTime(overrides.expires ?? '1h')
      .sign(key);
  };

  beforeEach(async () => {
    keys = await generateSigningKeyPair();
    verifier = new TokenVerifier({ jwks: { keys: [keys.publicJwk] }, issuer: EMBEDDED_ISSUER, audience: API_AUDIENCE });
  });

  it('takes the tokens of the embedded issuer, each role with its own actor', async () => {
    const tokens = await issueEmbeddedTokens({ privateJwk: keys.privateJwk });
    const actors = await Promise.all(Object.values(tokens).map((text) => verifier.verify(text)));
    expect(actors.map(({ actorId, actorType, claims: own }) => [actorId, actorType, own[0]!.projects])).toEqual([
      ['admin', 'human', ['*']],
      ['developer', 'human', ['demo']],
      ['approver', 'human', ['demo']],
      ['viewer', 'human', ['demo']],
      ['agent', 'agent', ['demo']],
    ]);
    expect(actors.map(({ claims: own }) => own[0]!.permissions)).toEqual(Object.values(EMBEDDED_ROLES));
  });

  it('refuses a token whose signature, header or claims were touched', async () => {
    const [header, payload, signature] = (await token()).split('.') as [string, string, string];
    const forged = base64url.encode(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), projects: ['*'] }));
    const none = base64url.encode(JSON.stringify({ alg: 'none' }));
    const hs256 = base64url.encode(JSON.stringify({ alg: 'HS256' }));
    const mac = createHmac('sha256', Buffer.from(keys.publicJwk.x!, 'base64url')).update(`${hs256}.${payload}`).digest('base64url');
    const bad = [
      `${header}.${forged}.${signature}`,
      `${none}.${payload}.`,
      `${hs256}.${payload}.${mac}`,
      `${header}.${payload}.AAAA`,
      'x',
      'a.b.c',
    ];
    for (const text of bad) expect(await refusal(text)).toBe('unauthenticated');
  });

  it('refuses a token of another issuer, key or audience, and an expired one by its own code', async () => {
    expect(await refusal(await signed({}))).toBe('accepted');
    expect(await refusal(await signed({ issuer: 'elsewhere' }))).toBe('unauthenticated');
    expect(await refusal(await signed({ audience: 'slipway-services' }))).toBe('unauthenticated');
    expect(await refusal(await signed({ expires: '-1s' }))).toBe('token_expired');
    const stranger = await generateSigningKeyPair();
    const foreign = await issueAccessToken('developer', claims, { privateJwk: { ...stranger.privateJwk, kid: keys.publicJwk.kid! } });
    expect(await refusal(foreign)).toBe('unauthenticated');
  });

  it('refuses a token that it has seen good once it has expired', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      const text = await token();
      expect(await refusal(text)).toBe('accepted');
      jest.setSystemTime(Date.now() + 366 * 24 * 60 * 60 * 1000);
      expect(await refusal(text)).toBe('token_expired');
    } finally {
      jest.useRealTimers();
    }
  });

  it('refuses claims that are not of the agreed shape, and an actor that poses as a service', async () => {
    expect(await refusal(await token({ actor_type: 'service' }))).toBe('unauthenticated');
    expect(await refusal(await token({ projects: 'demo' }))).toBe('unauthenticated');
    expect(await refusal(await token({ projects: ['de.mo'] }))).toBe('unauthenticated');
    expect(await refusal(await token({}, 'service:release'))).toBe('unauthenticated');
    expect(await refusal(await token({}, 'two words'))).toBe('unauthenticated');
  });

  it('gives nothing for permissions that do not exist', async () => {
    const { claims: own } = await verifier.verify(await token({ permissions: ['deploy:release:read', 'root', 7] }));
    expect(own[0]!.permissions).toEqual(['deploy:release:read']);
  });
});
