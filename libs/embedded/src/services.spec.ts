import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCredentials } from './data-directory/credentials';
import { dataDirectory } from './data-directory/layout';
import { serviceEnvironment, type PlatformSettings } from './services';

describe('what a service is told', () => {
  const before = process.env;
  afterEach(() => (process.env = before));
  const data = dataDirectory(join(mkdtempSync(join(tmpdir(), 'services-')), 'slipway'));
  const settings: PlatformSettings = {
    data,
    credentials: ensureCredentials(data),
    ports: { nats: 1, postgres: 2 },
    httpPort: 8080,
    httpHost: '127.0.0.1',
  };
  const told = (operator: NodeJS.ProcessEnv) => {
    process.env = { ...before, ...operator };
    return (['gateway', 'release', 'runtime-executor', 'audit'] as const).map((name) => serviceEnvironment(name, settings));
  };

  it('is what the operator says to it, and nothing that is said to others', () => {
    const [gateway, release, executor, audit] = told({
      SLIPWAY_OIDC_ISSUER: 'https://id.example.com',
      SLIPWAY_AI_BASE_URL: 'https://model.example.com',
      SLIPWAY_PUBLIC_URL: 'https://slipway.example.com',
      SLIPWAY_SMTP_URL: 'smtp://mail.example.com',
      SLIPWAY_TARGET_NETWORKS: '10.0.0.0/8',
      SLIPWAY_RUNTIMES: 'k8s',
      SLIPWAY_TOKEN: 'of the command line',
    });
    expect(gateway).toMatchObject({ SLIPWAY_OIDC_ISSUER: 'https://id.example.com', SLIPWAY_AI_BASE_URL: 'https://model.example.com' });
    expect(gateway).not.toHaveProperty('SLIPWAY_SMTP_URL');
    expect(audit).toMatchObject({ SLIPWAY_PUBLIC_URL: 'https://slipway.example.com', SLIPWAY_SMTP_URL: 'smtp://mail.example.com' });
    expect(executor).toMatchObject({ SLIPWAY_TARGET_NETWORKS: '10.0.0.0/8', SLIPWAY_RUNTIMES: 'k8s' });
    for (const environment of [gateway, release, executor, audit]) expect(environment).not.toHaveProperty('SLIPWAY_TOKEN');
  });

  it('is the platform’s own where that says it, or where the operator says nothing', () => {
    const [gateway, , executor, audit] = told({ SLIPWAY_HTTP_PORT: '1', SLIPWAY_DATA_DIR: '/elsewhere' });
    expect(gateway).toMatchObject({ SLIPWAY_HTTP_PORT: '8080' });
    expect(executor).toMatchObject({
      SLIPWAY_DATA_DIR: join(data.root, 'runtime'),
      SLIPWAY_TARGET_NETWORKS: 'local',
      SLIPWAY_RUNTIMES: 'k8s,compose,process',
    });
    expect(audit).toMatchObject({ SLIPWAY_PUBLIC_URL: 'http://127.0.0.1:8080' });
  });
});
