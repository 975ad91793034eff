/** Whether a list is an earlier one with more at its end. */
export const continues = <T>(list: readonly T[], earlier: readonly T[]): boolean =>
  earlier.length > 0 && list.length >= earlier.length && list[0] === earlier[0] && list[earlier.length - 1] === earlier.at(-1);

/** Makes text of a log's lines, `undefined` leaves one out. Of a log that has grown, only the new lines are made. */
export function growing<T>(textOf: (line: T) => string | undefined): (lines: readonly T[]) => readonly string[] {
  let known: readonly T[] = [];
  let made: readonly string[] = [];
  return (lines) => {
    const grew = continues(lines, known);
    const more = (grew ? lines.slice(known.length) : lines).flatMap((line) => textOf(line) ?? []);
    known = lines;
    if (!grew) made = more;
    else if (more.length > 0) made = [...made, ...more];
    return made;
  };
}

/** The latest lines of a log; older ones are let go, a tenth of them at a time. */
export const latest = <T>(lines: readonly T[], most: number): readonly T[] => (lines.length > most * 1.1 ? lines.slice(-most) : lines);
