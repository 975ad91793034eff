import { sameJson, type Draft, type PinnedVariables } from '@slipway/contracts';

import { clip } from '../clip';

/** A release between what runs and what is to run again; the one taken back is the first. */
export interface TakenBack {
  readonly artifactVersion: string;
  readonly draft: Pick<Draft, 'actions'>;
  readonly variables: PinnedVariables;
}

/** What a rollback does not bring back, or changes besides the version (FIELD.md, item 5). */
export function rollbackWarnings(
  takenBack: TakenBack,
  to: { readonly artifactVersion: string; readonly variables: PinnedVariables } | null,
): string[] {
  const oneWay = takenBack.draft.actions.filter(({ one_way }) => one_way);
  const warnings = oneWay.map(({ name, summary }) => clip(`'${name}' of ${takenBack.artifactVersion} cannot be undone: ${summary}`, 500));
  const changed = to ? changedSettings(takenBack.variables, to.variables) : [];
  if (to && changed.length > 0) {
    warnings.push(
      clip(`${to.artifactVersion} runs with its own values of ${changed.slice(0, 10).join(', ')}, as they were when it was previewed`, 500),
    );
  }
  return warnings.slice(0, 50);
}

function changedSettings(now: PinnedVariables, then: PinnedVariables): string[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(then)])].sort();
  return names.filter((name) => !sameJson(now[name], then[name]));
}
