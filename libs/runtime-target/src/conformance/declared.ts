import type { Cannot } from './harness';

type Spec = (name: string, body: () => Promise<void>) => void;

/** `it`, or a skipped spec that shows why this runtime cannot. */
export function itCan(cannot: Cannot, what: keyof Cannot): Spec {
  const why = cannot[what];
  return why === undefined ? (name, body) => it(name, body) : (name, body) => it.skip(`${name} (skipped: ${why})`, body);
}
