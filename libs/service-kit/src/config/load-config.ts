import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

/** A key of the environment that cannot be used, and why. The value is not repeated: it may be a secret. */
export interface BadKey {
  readonly key: string;
  readonly problems: readonly string[];
}

export class InvalidConfig extends Error {
  constructor(readonly badKeys: readonly BadKey[]) {
    super(`The environment is not usable:\n${badKeys.map((bad) => `  ${bad.key}: ${bad.problems.join('; ')}`).join('\n')}`);
    this.name = 'InvalidConfig';
  }
}

/** `EX_CONFIG` of sysexits.h. */
export const EXIT_BAD_CONFIG = 78;

export type Environment = Readonly<Record<string, string | undefined>>;
export type ConfigClass<T extends object> = new () => T;

/** Secrets that may also stand in a file, as container platforms hand them out: `NATS_PASSWORD_FILE` names it. */
export const FROM_FILES = ['NATS_PASSWORD', 'DATABASE_URL'] as const;

/**
 * The environment with each secret of FROM_FILES read from the file that `<name>_FILE` names.
 * @throws InvalidConfig when a file cannot be read or holds nothing, or a secret is given both ways.
 */
export function withSecretFiles(env: Environment): Environment {
  const read: Record<string, string> = {};
  const bad: BadKey[] = [];
  for (const key of FROM_FILES) {
    const file = env[`${key}_FILE`];
    if (!file) continue;
    const problem = env[key] ? `${key} is given as well; keep one of them` : readSecret(file, (text) => (read[key] = text));
    if (problem !== undefined) bad.push({ key: `${key}_FILE`, problems: [problem] });
  }
  if (bad.length > 0) throw new InvalidConfig(bad);
  return { ...env, ...read };
}

function readSecret(file: string, take: (text: string) => void): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text === '') return `${file} is empty`;
    take(text);
    return undefined;
  } catch (error) {
    return `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

/**
 * Reads a configuration class from the environment, once, at boot. Empty variables count as absent;
 * secrets may come from files (`withSecretFiles`).
 * @throws InvalidConfig with every bad key, not only the first.
 */
export function loadConfig<T extends object>(type: ConfigClass<T>, env: Environment): T {
  const given = Object.fromEntries(Object.entries(withSecretFiles(env)).filter(([, value]) => value !== undefined && value !== ''));
  const config = plainToInstance(type, given, { exposeDefaultValues: true });
  const errors = validateSync(config, { skipMissingProperties: false, forbidUnknownValues: false });
  if (errors.length > 0) {
    throw new InvalidConfig(errors.map((error) => ({ key: error.property, problems: Object.values(error.constraints ?? {}) })));
  }
  return Object.freeze(config);
}
