import type { PlannedAction } from '@slipway/contracts';
import type { ResolvedVerification } from './resolve-application';

/** An action before it has its place in the plan. One-way where it says so. */
export type DraftAction = Omit<PlannedAction, 'ordinal' | 'one_way'> & Partial<Pick<PlannedAction, 'one_way'>>;

/** Name and summary are cut to what a plan may hold. */
export const draftAction = (verb: PlannedAction['verb'], kind: string, name: string, summary: string): DraftAction => ({
  verb,
  kind,
  name: name.slice(0, 200),
  summary: summary.slice(0, 500),
});

export const inOrder = (drafts: readonly DraftAction[]): readonly PlannedAction[] =>
  drafts.map((draft, index) => ({ ordinal: index + 1, one_way: false, ...draft }));

/** `seen`: what is looked at besides the endpoints. */
export function verifySummary({ health, smoke, watch_ms }: ResolvedVerification, seen: readonly string[]): string {
  const parts = [
    ...seen,
    ...(health ? [`health endpoint ${health.path}`] : []),
    ...(smoke.length > 0 ? [counted(smoke.length, 'smoke test')] : []),
  ];
  return `Verify ${parts.join(', ')}; watch for ${duration(watch_ms)}`;
}

/** When a blue-green's old version goes. */
export const goesAfter = (keepPreviousMs: number): string =>
  keepPreviousMs === 0 ? 'at once' : `after ${duration(keepPreviousMs)}, kept until then for an instant way back`;

export const counted = (count: number, noun: string): string => (count === 1 ? `1 ${noun}` : `${count} ${noun}s`);
export const duration = (ms: number): string =>
  ms < 1000 ? `${ms} ms` : ms < 120_000 ? `${ms / 1000} s` : `${Math.round(ms / 60_000)} min`;
