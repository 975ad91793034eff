import { SlipwayError } from '@slipway/contracts';
import type { RenderInput } from '../runtime-target';

const WORDS = ['release_id', 'stable_release_id', 'slot_id', 'service', 'window'];
const PLACE = /\{\{\s*([a-z_]*)\s*\}\}/g;

/** The query with each `{{word}}` replaced. */
export const filledIn = (query: string, words: Readonly<Record<string, string>>): string =>
  query.replace(PLACE, (place, word: string) => words[word] ?? place);

/**
 * Metrics of a canary that could never be judged are refused while somebody can still change them.
 * @throws SlipwayError `manifest_refused`, field `strategy.metrics...`
 */
export function refuseUnmeasurable({ strategy, connection }: Pick<RenderInput, 'strategy' | 'connection'>): void {
  const metrics = (strategy.type === 'canary' && strategy.metrics) || [];
  if (metrics.length > 0 && !connection.prometheus)
    throw refused('strategy.metrics', 'the target names no Prometheus: slipway targets update <id> --prometheus http://...');
  const names = new Set<string>();
  for (const [index, { name, query, min, max }] of metrics.entries()) {
    const field = `strategy.metrics[${index}]`;
    if (names.has(name)) throw refused(`${field}.name`, `there is a second metric ${name}.`);
    names.add(name);
    if (min === undefined && max === undefined) throw refused(field, 'say `min` or `max`: without a limit it judges nothing.');
    const unknown = [...query.matchAll(PLACE)].map(([, word]) => word!).find((word) => !WORDS.includes(word));
    if (unknown !== undefined) throw refused(`${field}.query`, `'{{${unknown}}}' stands for nothing; known are ${WORDS.join(', ')}.`);
  }
}

const refused = (field: string, why: string): SlipwayError => new SlipwayError('manifest_refused', `${field}: ${why}`, { field });
