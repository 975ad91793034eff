import { SlipwayError, type RuntimeType } from '@slipway/contracts';
import type { RuntimeTarget } from '@slipway/runtime-target';

/** Injects the runtimes of this executor, by type. */
export const RUNTIMES = Symbol.for('slipway.RUNTIMES');
export type Runtimes = ReadonlyMap<RuntimeType, RuntimeTarget>;

/** @throws SlipwayError `dependency_failed` for a runtime that this executor does not have */
export function runtimeFor(runtimes: Runtimes, type: RuntimeType): RuntimeTarget {
  const runtime = runtimes.get(type);
  if (!runtime)
    throw new SlipwayError('dependency_failed', `No executor has the runtime '${type}'; use one of ${[...runtimes.keys()].join(', ')}.`);
  return runtime;
}

/** Where this executor may connect to (`NetworkPolicy`). */
export const NETWORK = Symbol.for('slipway.NETWORK');
