import type { Logger } from '../logging/logger';

/** How long a process may take to finish what it has. */
export const DRAIN_LIMIT_MS = 10_000;

export interface DrainStep {
  readonly name: string;
  run(): Promise<void>;
}

/** Runs every step in order, whatever the ones before did. @returns whether all went well. */
export async function drain(steps: readonly DrainStep[], logger: Logger): Promise<boolean> {
  let clean = true;
  for (const step of steps) {
    try {
      await step.run();
    } catch (error) {
      clean = false;
      logger.error({ error, step: step.name }, 'drain step failed');
    }
  }
  return clean;
}

/** On SIGTERM or SIGINT: drains, then exits 0; exits 1 if the limit passes first or a step failed. A second signal changes nothing. */
export function drainOnSignal(steps: () => readonly DrainStep[], logger: Logger): void {
  let draining = false;
  const begin = (signal: NodeJS.Signals): void => {
    if (draining) return;
    draining = true;
    logger.info({ signal }, 'draining');
    const limit = setTimeout(() => {
      logger.error({ limit_ms: DRAIN_LIMIT_MS }, 'drain took too long');
      process.exit(1);
    }, DRAIN_LIMIT_MS);
    void drain(steps(), logger).then((clean) => {
      clearTimeout(limit);
      logger.info({ clean }, 'process ends');
      process.exit(clean ? 0 : 1);
    });
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
}
