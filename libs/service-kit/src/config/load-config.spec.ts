import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsInt, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { InvalidConfig, loadConfig } from './load-config';
import { PlatformConfig, ServiceConfig } from './service.config';

class GatewayConfig extends PlatformConfig {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(65_535)
  SLIPWAY_HTTP_PORT: number = 8080;
}

const complete = {
  NATS_URL: 'nats://127.0.0.1:4222',
  NATS_USER: 'release',
  NATS_PASSWORD: 'a password',
  DATABASE_URL: 'postgres://release:pw@127.0.0.1:5432/slipway',
  SLIPWAY_INTERNAL_PUBLIC_KEY_FILE: '/run/key.json',
};

describe('loadConfig', () => {
  it('reads numbers and fills in defaults', () => {
    const config = loadConfig(GatewayConfig, { ...complete, HEALTH_PORT: '9100', OTEL_EXPORTER_OTLP_ENDPOINT: '' });
    expect(config).toMatchObject({ HEALTH_PORT: 9100, SLIPWAY_HTTP_PORT: 8080, LOG_LEVEL: 'info', HEALTH_HOST: '127.0.0.1' });
    expect(config.OTEL_EXPORTER_OTLP_ENDPOINT).toBeUndefined();
  });

  it('lists every bad key at once, and no value', () => {
    const bad = {
      NATS_URL: 'http://x',
      NATS_USER: 'release',
      DATABASE_URL: 'mysql://u:hunter22@h/d',
      HEALTH_PORT: 'eighty',
      LOG_LEVEL: 'loud',
    };
    const failure = (() => {
      try {
        return loadConfig(ServiceConfig, bad);
      } catch (error) {
        return error as InvalidConfig;
      }
    })() as InvalidConfig;
    expect(failure).toBeInstanceOf(InvalidConfig);
    expect(failure.badKeys.map(({ key }) => key).sort()).toEqual([
      'DATABASE_URL',
      'HEALTH_PORT',
      'LOG_LEVEL',
      'NATS_PASSWORD',
      'NATS_URL',
      'SLIPWAY_INTERNAL_PUBLIC_KEY_FILE',
    ]);
    expect(failure.message).not.toContain('hunter22');
  });

  describe('secrets in files', () => {
    const { NATS_PASSWORD: password, ...rest } = complete;
    const file = (text: string): string => {
      const path = join(mkdtempSync(join(tmpdir(), 'secret-')), 'password');
      writeFileSync(path, text);
      return path;
    };
    const problemOf = (env: Record<string, string>): string => {
      try {
        return JSON.stringify(loadConfig(ServiceConfig, env));
      } catch (error) {
        return (error as InvalidConfig).message;
      }
    };

    it('reads them without the line end', () => {
      expect(loadConfig(ServiceConfig, { ...rest, NATS_PASSWORD_FILE: file(`${password}\n`) }).NATS_PASSWORD).toBe(password);
    });

    it('refuses a file that is missing or empty, and a secret that is given twice', () => {
      expect(problemOf({ ...rest, NATS_PASSWORD_FILE: '/nowhere' })).toContain('NATS_PASSWORD_FILE: /nowhere cannot be read (ENOENT)');
      expect(problemOf({ ...rest, NATS_PASSWORD_FILE: file('\n') })).toMatch(/NATS_PASSWORD_FILE: .* is empty/);
      const twice = problemOf({ ...complete, NATS_PASSWORD_FILE: file('another') });
      expect(twice).toContain('NATS_PASSWORD is given as well');
      expect(twice).not.toContain('another');
    });
  });
});
