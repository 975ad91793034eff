import { memo } from 'react';
import { partsOf } from './ansi';
import type { LineText, LogLine } from './log-line';
import { cut } from './matches';

interface LogRowProps {
  line: LogLine;
  /** Its place among those that are shown. */
  index: number;
  textOf: LineText;
  words: string;
  /** Which occurrence of the words in this line one has gone to; -1: none. */
  current: number;
  marked: boolean;
  measure: (row: HTMLLIElement | null) => void;
}

/** One line: its number, and what it says with its colours; drawn once while it is in sight. */
export const LogRow = memo(function LogRow({ line, index, textOf, words, current, marked, measure }: LogRowProps) {
  return (
    <li ref={measure} data-index={index} data-number={line.number} data-marked={marked || undefined}>
      <span className="log-words">
        {cut(partsOf(textOf(line)), words).map(({ text, style, match }, nth) =>
          match === undefined ? (
            <span key={nth} style={style}>
              {text}
            </span>
          ) : (
            <mark key={nth} data-current={match === current || undefined}>
              {text}
            </mark>
          ),
        )}
      </span>
    </li>
  );
});
