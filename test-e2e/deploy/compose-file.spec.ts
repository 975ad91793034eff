import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { SERVICES, type ServiceName } from '@slipway/contracts';
import { findComposePlugin } from '@slipway/testing';
import { isOperators } from '@slipway/embedded';
import { complaints, keysOf } from './judged-environment';

const REPOSITORY = resolve(__dirname, '..', '..');
interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  /** Without a value: as in .env, or not at all. */
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly healthcheck?: object;
  readonly stop_grace_period?: string;
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly memory?: string } } };
}
interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
}
const text = readFileSync(join(REPOSITORY, 'docker-compose.yml'), 'utf8');
const { services } = parse(text, { merge: true }) as ComposeFile;
const ofService = (name: ServiceName): ComposeService => services[name]!;

/** `${NAME:-default}` at its default. */
const atDefaults = (value: string): string => value.replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1');
const environmentOf = (name: ServiceName): Record<string, string> =>
  Object.fromEntries(
    Object.entries(ofService(name).environment ?? {}).flatMap(([key, value]) => (value === null ? [] : [[key, atDefaults(value)]])),
  );
const passedOn = (name: ServiceName): string[] =>
  Object.entries(ofService(name).environment ?? {}).flatMap(([key, value]) => (value === null ? [key] : []));

const plugin = findComposePlugin();

describe('docker-compose.yml', () => {
  it('runs every process of apps/ that is a service', () => {
    const processes = readdirSync(join(REPOSITORY, 'apps')).filter((name) => existsSync(join(REPOSITORY, 'apps', name, 'src', 'main.ts')));
    expect(processes.filter((name) => name !== 'cli').sort()).toEqual([...SERVICES].sort());
    for (const name of SERVICES) expect(ofService(name).command).toEqual([name]);
  });

  it.each(SERVICES)('gives %s an environment that it takes, and its own secrets', async (name) => {
    expect(await complaints(name, environmentOf(name))).toEqual([]);
    expect(environmentOf(name)['NATS_USER']).toBe(name);
    const mounted = ofService(name).volumes!.filter((volume) => volume.includes('secrets-'));
    expect(mounted).toEqual([`secrets-${name}:/run/secrets/slipway:ro`]);
  });

  it.each(SERVICES)('hands %s whatever an operator may say to it, and nothing that it does not know', (name) => {
    const known = keysOf(name);
    expect(Object.keys(ofService(name).environment ?? {})).toEqual(
      expect.arrayContaining([...known].filter((key) => isOperators(name, key))),
    );
    expect(passedOn(name).filter((key) => !known.has(key))).toEqual([]);
  });

  it('would say so if a variable were misspelt, or one were missing', async () => {
    const { NATS_USER: _, ...rest } = environmentOf('audit');
    expect(await complaints('audit', { ...rest, SLIPWAY_SMPT_URL: 'smtp://mail' })).toEqual([
      'audit: SLIPWAY_SMPT_URL is no variable of AuditConfig',
      expect.stringMatching(/^audit: NATS_USER: /),
    ]);
  });

  it.each([...SERVICES, 'nats'])('confines, bounds and watches %s', (name) => {
    expect(services[name]).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      healthcheck: expect.anything(),
      stop_grace_period: expect.anything(),
      deploy: { resources: { limits: { memory: expect.anything() } } },
    });
  });

  it('publishes on loopback unless the operator says otherwise', () => {
    for (const { ports = [] } of Object.values(services)) for (const port of ports) expect(atDefaults(port)).toMatch(/^127\.0\.0\.1:/);
  });

  it('lets the world reach nobody, and nobody the world, but those who must', () => {
    const outside = Object.entries(services).flatMap(([name, { networks }]) => (networks?.includes('outside') ? [name] : []));
    expect(outside.sort()).toEqual(['audit', 'gateway', 'grafana', 'nats', 'prometheus', 'runtime-executor']);
  });

  it('names every variable that may be set in example.env', () => {
    const example = readFileSync(join(REPOSITORY, 'deploy', 'compose', 'example.env'), 'utf8');
    const named = new Set([...example.matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name));
    const elsewhere = ['LOG_LEVEL', 'GRAFANA_PORT', 'PROMETHEUS_PORT', 'SLIPWAY_PROCESS_PORTS'];
    const images = ['COLLECTOR_IMAGE', 'TEMPO_IMAGE', 'PROMETHEUS_IMAGE', 'GRAFANA_IMAGE'];
    const used = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!));
    SERVICES.flatMap(passedOn).forEach((name) => used.add(name));
    for (const name of [...elsewhere, ...images]) used.delete(name);
    named.delete('COMPOSE_PROFILES');
    expect([...named].sort()).toEqual([...used].sort());
  });

  const maybe = plugin ? it : it.skip;
  maybe(`is what docker compose takes${plugin ? '' : ' (skipped: no compose plugin)'}`, () => {
    const argv = ['-f', 'docker-compose.yml', '--profile', '*', 'config', '--quiet'];
    const { status, stderr } = spawnSync(plugin!, argv, { cwd: REPOSITORY, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
