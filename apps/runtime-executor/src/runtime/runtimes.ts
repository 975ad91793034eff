import { SlipwayError, type RuntimeType } from '@slipway/contracts';
import type { RuntimeTarget } from '@slipway/runtime-target';

/** Injects the runtimes of this executor, by type. */
export const RUNTIMES = Symbol.for('slipway.RUNTIMES');
export type Runtimes = ReadonlyMap<RuntimeType, RuntimeTarget>;

/** @throws SlipwayError `runtime_off` for a runtime that the operator has not switched on */
export function runtimeFor(runtimes: Runtimes, type: RuntimeType): RuntimeTarget {
  const runtime = runtimes.get(type);
  if (!runtime) {
    const on = [...runtimes.keys()];
    throw new SlipwayError(
      'runtime_off',
      `Targets of runtime '${type}' are switched off here; use ${on.join(' or ')}, or have the operator add '${type}' to SLIPWAY_RUNTIMES of the executor.`,
      { runtime_type: type, runtimes: on },
    );
  }
  return runtime;
}

/** Where this executor may connect to (`NetworkPolicy`). */
export const NETWORK = Symbol.for('slipway.NETWORK');
