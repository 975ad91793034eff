import type { Schemas } from '@slipway/api-client';
import { UsageError } from '../exit-codes';

type StrategyInput = NonNullable<Schemas['PreviewRelease']['strategy']>;
const TYPES = ['rolling', 'blue-green', 'canary'];

/** A strategy's type for its defaults, or its whole JSON document. */
export function strategyOf(text: string | undefined): StrategyInput | undefined {
  if (text === undefined) return undefined;
  if (TYPES.includes(text)) return text as StrategyInput;
  try {
    return JSON.parse(text) as StrategyInput;
  } catch {
    throw new UsageError(`--strategy takes ${TYPES.join(', ')}, or a JSON document such as '{"type":"rolling","batch_size":2}'`);
  }
}
