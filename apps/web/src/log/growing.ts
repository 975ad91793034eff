/** Whether a list is an earlier one with more at its end. */
export const continues = <T>(list: readonly T[], earlier: readonly T[]): boolean =>
  earlier.length > 0 && list.length >= earlier.length && list[0] === earlier[0] && list[earlier.length - 1] === earlier.at(-1);

/** Keeps some of a log's lines. Of a log that has grown, only the new lines are looked at. */
export function growing<T>(keep: (line: T) => boolean): (lines: readonly T[]) => readonly T[] {
  let known: readonly T[] = [];
  let kept: readonly T[] = [];
  return (lines) => {
    const grew = continues(lines, known);
    const more = (grew ? lines.slice(known.length) : lines).filter(keep);
    known = lines;
    if (!grew) kept = more;
    else if (more.length > 0) kept = [...kept, ...more];
    return kept;
  };
}

/** The latest lines of a log; older ones are let go, a tenth of them at a time. */
export const latest = <T>(lines: readonly T[], most: number): readonly T[] => (lines.length > most * 1.1 ? lines.slice(-most) : lines);
