import 'reflect-metadata';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { getMetadataStorage } from 'class-validator';
import { FROM_FILES, InvalidConfig, loadConfig, type ServiceConfig, type PlatformConfig } from '@slipway/service-kit';
import type { ServiceName } from '@slipway/contracts';
import { ApprovalInboxConfig } from '../../apps/approval-inbox/src/approval-inbox.config';
import { AuditConfig } from '../../apps/audit/src/audit.config';
import { GatewayConfig } from '../../apps/gateway/src/gateway.config';
import { ProvisioningConfig } from '../../apps/provisioning/src/provisioning.config';
import { ReleaseConfig } from '../../apps/release/src/release.config';
import { RuntimeExecutorConfig } from '../../apps/runtime-executor/src/runtime-executor.config';
import { installationSecrets } from '../../libs/embedded/src/installation/secrets';

type Config = PlatformConfig | ServiceConfig;
export const CONFIGURATIONS: Readonly<Record<ServiceName, new () => Config>> = {
  gateway: GatewayConfig,
  release: ReleaseConfig,
  'approval-inbox': ApprovalInboxConfig,
  provisioning: ProvisioningConfig,
  'runtime-executor': RuntimeExecutorConfig,
  audit: AuditConfig,
};

/** Of Node, not of a configuration class. */
const NODE_VARIABLES = ['NODE_OPTIONS'];
export const SECRETS = '/run/secrets/slipway/';

/** Every variable that a service's configuration knows. */
export const keysOf = (service: ServiceName): Set<string> => {
  const rules = getMetadataStorage().getTargetValidationMetadatas(CONFIGURATIONS[service], '', true, false);
  return new Set([...rules.map((rule) => rule.propertyName), ...FROM_FILES.map((key) => `${key}_FILE`), ...NODE_VARIABLES]);
};

/** What is wrong with a service's environment in a deployment: unknown variables, what the service refuses, files nobody hands out. */
export async function complaints(service: ServiceName, environment: Readonly<Record<string, string>>): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-deploy-'));
  const handedOut = (await installationSecrets(directory, 'postgres:5432/slipway'))[service];
  const known = keysOf(service);
  const unknown = Object.keys(environment).filter((name) => !known.has(name));
  const files = Object.values(environment).filter((value) => value.startsWith(SECRETS));
  const missing = files.filter((file) => !(basename(file) in handedOut));
  const unused = Object.keys(handedOut).filter((name) => !files.includes(`${SECRETS}${name}`));
  return [
    ...unknown.map((name) => `${service}: ${name} is no variable of ${CONFIGURATIONS[service].name}`),
    ...missing.map((file) => `${service}: nobody hands out ${file}`),
    ...unused.map((name) => `${service}: is handed ${name}, and no variable names it`),
    ...refusals(service, environment, handedOut, directory),
  ];
}

/** The service's own judgement, with the secrets at hand. */
function refusals(
  service: ServiceName,
  environment: Readonly<Record<string, string>>,
  handedOut: Readonly<Record<string, string>>,
  directory: string,
): string[] {
  for (const [name, text] of Object.entries(handedOut)) writeFileSync(join(directory, name), text);
  const here = Object.entries(environment).map(([name, value]) => [name, value.replace(SECRETS, `${directory}/`)]);
  try {
    loadConfig<Config>(CONFIGURATIONS[service], Object.fromEntries(here) as Record<string, string>);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    return error.badKeys.map(({ key, problems }) => `${service}: ${key}: ${problems.join('; ')}`);
  }
}
