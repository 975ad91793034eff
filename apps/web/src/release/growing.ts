/**
 * What a list that grows at its end and lets go of its beginning has become.
 * @returns how many of the earlier ones are gone and how many are still there; undefined where it is another list
 */
export function growthOf<T>(list: readonly T[], earlier: readonly T[]): { gone: number; kept: number } | undefined {
  if (earlier.length === 0) return { gone: 0, kept: 0 };
  const gone = list.length === 0 ? -1 : earlier.indexOf(list[0]!);
  const kept = earlier.length - gone;
  return gone >= 0 && list.length >= kept && list[kept - 1] === earlier.at(-1) ? { gone, kept } : undefined;
}

/** The latest lines of a log; older ones are let go, a tenth of them at a time. */
export const latest = <T>(lines: readonly T[], most: number): readonly T[] => (lines.length > most * 1.1 ? lines.slice(-most) : lines);
