import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { findNatsServer } from '@slipway/local-servers';
import { API_AUDIENCE, EMBEDDED_ISSUER } from '@slipway/service-kit';
import { CONSUMERS, secretManifests } from './hand-out';
import { writeNatsConfig } from './nats-config';
import { handOut, installationSecrets, newToken } from './secrets';

const directory = (): string => mkdtempSync(join(tmpdir(), 'slipway-installation-'));
const DATABASE = 'postgres:5432/slipway';
const vault = directory();

describe('secrets of an installation', () => {
  it('are made once, and nobody but the gateway, the executor and audit has keys that sign or open', async () => {
    const secrets = await installationSecrets(vault, DATABASE);
    expect(await installationSecrets(vault, DATABASE)).toEqual(secrets);
    expect(Object.fromEntries(CONSUMERS.map((consumer) => [consumer, Object.keys(secrets[consumer]).sort()]))).toEqual({
      gateway: ['internal-private.jwk.json', 'internal-public.jwk.json', 'issuer.jwks.json', 'nats-password'],
      release: ['database-url', 'internal-public.jwk.json', 'nats-password'],
      'approval-inbox': ['database-url', 'internal-public.jwk.json', 'nats-password'],
      provisioning: ['database-url', 'internal-public.jwk.json', 'nats-password'],
      'runtime-executor': ['database-url', 'internal-public.jwk.json', 'nats-password', 'secrets.key'],
      audit: ['database-url', 'endpoints.key', 'internal-public.jwk.json', 'nats-password'],
      bootstrap: ['database-url', 'nats-password'],
      nats: ['approval-inbox', 'audit', 'bootstrap', 'cluster', 'gateway', 'provisioning', 'release', 'runtime-executor', 'subscriber'],
      postgres: ['password'],
      subscriber: ['nats-password'],
    });
    const text = JSON.stringify(secrets);
    expect(text).not.toContain(readFileSync(join(vault, 'keys', 'issuer-private.jwk.json'), 'utf8'));
    expect(JSON.parse(JSON.stringify(secretManifests('slipway', secrets)))).toMatchObject({
      items: CONSUMERS.map((consumer) => ({ kind: 'Secret', metadata: { name: `slipway-${consumer}` }, stringData: secrets[consumer] })),
    });
  });

  it('are files that their owner alone reads', async () => {
    const to = directory();
    await handOut({ vault, database: DATABASE, to });
    const files = readdirSync(to, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(to, name)).isFile());
    expect(files.length).toBeGreaterThan(20);
    expect(new Set(files.map((name) => statSync(join(to, name)).mode & 0o777))).toEqual(new Set([0o600]));
  });

  it('have no token until one is asked for', async () => {
    expect(readdirSync(vault)).not.toContain('tokens.json');
    const token = await newToken('admin', { vault, project: 'demo', days: '7' });
    const keys = JSON.parse((await installationSecrets(vault, DATABASE)).gateway['issuer.jwks.json']!) as JSONWebKeySet;
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { issuer: EMBEDDED_ISSUER, audience: API_AUDIENCE });
    expect(payload).toMatchObject({ sub: 'admin', projects: ['*'] });
    expect(payload.exp! - payload.iat!).toBe(7 * 86_400);
    await expect(newToken('root', { vault, project: 'demo', days: '7' })).rejects.toThrow("There is no role 'root'");
    await expect(newToken('admin', { vault, project: 'demo', days: '0' })).rejects.toThrow('--days');
    await expect(newToken('admin', { vault: directory(), project: 'demo', days: '1' })).rejects.toThrow('make the secrets first');
  });

  it.each([[[]], [['nats-0:6222', 'nats-1:6222', 'nats-2:6222']]])('nats-server takes the configuration for routes %j', async (route) => {
    const to = directory();
    await handOut({ vault, database: DATABASE, to });
    const out = join(to, 'nats.conf');
    writeNatsConfig({
      secrets: join(to, 'nats'),
      out,
      store: join(to, 'store'),
      serverName: 'nats-0',
      port: '4222',
      monitorPort: '8222',
      route,
    });
    const { status, stderr } = spawnSync(findNatsServer().file, ['-t', '-c', out], { encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(readFileSync(out, 'utf8')).toContain('sync_interval: always');
  });
});
