import { useCallback, useEffect, useMemo, useState } from 'react';
import { LineSearch } from './line-search';
import type { LineText, LogLine } from './log-line';
import { paced } from './paced';

/** Fewer letters are in nearly every line. */
const LEAST_LETTERS = 2;

export interface LogSearch {
  /** What is looked for; empty while nothing is. */
  readonly words: string;
  readonly setWords: (words: string) => void;
  /** Numbers of the lines that have the words, a line as often as it has them. */
  readonly matches: readonly number[];
  /** Which of them one has gone to; -1: none yet. */
  readonly at: number;
  /** Goes to the next one, or the one before, past the ends too. @returns the line's number; undefined where there is none */
  readonly go: (by: 1 | -1) => number | undefined;
}

const NONE: readonly number[] = [];

/** Looks in the lines for words, without keeping the page from drawing. */
export function useLogSearch(lines: readonly LogLine[], textOf: LineText): LogSearch {
  const [typed, setTyped] = useState('');
  const [found, setMatches] = useState(NONE);
  const [at, setAt] = useState(-1);
  const words = typed.length < LEAST_LETTERS ? '' : typed;
  const search = useMemo(() => new LineSearch(textOf), [textOf]);
  useEffect(() => {
    if (words === '') return undefined;
    const stop = new AbortController();
    void look(search, words, lines, stop.signal, setMatches);
    return () => stop.abort();
  }, [search, words, lines]);
  const matches = words === '' ? NONE : found;
  const setWords = useCallback((next: string) => {
    setTyped(next);
    setAt(-1);
  }, []);
  const go = (by: 1 | -1): number | undefined => {
    if (matches.length === 0) return undefined;
    const next = (Math.max(at, by === 1 ? -1 : 0) + by + matches.length) % matches.length;
    setAt(next);
    return matches[next];
  };
  return { words, setWords, matches, at, go };
}

async function look(
  search: LineSearch,
  words: string,
  lines: readonly LogLine[],
  signal: AbortSignal,
  tell: (matches: readonly number[]) => void,
): Promise<void> {
  const rest = paced();
  let pause: Promise<void> | undefined;
  while (!search.look(words, lines, () => (pause = rest()) !== undefined)) {
    await pause;
    if (signal.aborted) return;
  }
  tell(search.matches);
}
