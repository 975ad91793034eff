import { connectionOf, type ProcessConnection } from '@slipway/contracts';
import type { TargetAccess } from '@slipway/runtime-target';

/** @throws TypeError when the target is of another runtime: the executor chose the wrong adapter. */
export function processConnection({ connection }: TargetAccess): ProcessConnection {
  const own = connectionOf('process', connection);
  if (!own) throw new TypeError('not a connection of the process runtime');
  return own;
}
