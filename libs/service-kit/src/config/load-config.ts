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

/**
 * Reads a configuration class from the environment, once, at boot. Empty variables count as absent.
 * @throws InvalidConfig with every bad key, not only the first.
 */
export function loadConfig<T extends object>(type: ConfigClass<T>, env: Environment): T {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const config = plainToInstance(type, given, { exposeDefaultValues: true });
  const errors = validateSync(config, { skipMissingProperties: false, forbidUnknownValues: false });
  if (errors.length > 0) {
    throw new InvalidConfig(errors.map((error) => ({ key: error.property, problems: Object.values(error.constraints ?? {}) })));
  }
  return Object.freeze(config);
}
