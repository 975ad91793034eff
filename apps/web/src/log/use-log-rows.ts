import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type RefObject, type UIEvent } from 'react';
import { continues } from './growing';
import type { LogLine } from './log-line';

/** The height of a line that is not broken, in pixels: see log-text.css. */
const LINE_PX = 19;
const OVERSCAN = 8;

interface LogRows {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly onScroll: (event: UIEvent<HTMLDivElement>) => void;
  /** Indexes of the lines in sight. */
  readonly rows: readonly number[];
  /** Grows where other lines take the place of those before: their elements are made and measured anew. */
  readonly generation: number;
  /** Pixels above the first of them, and of all lines. */
  readonly above: number;
  readonly height: number;
  readonly measure: (row: HTMLLIElement | null) => void;
  /** Shows the line of a number, if it is there. */
  readonly goTo: (number: number | undefined) => void;
  readonly goToEnd: () => void;
}

/**
 * Which lines of a log are in sight. One that is followed begins at its end, which stays in sight as lines come, until one scrolls up. Where
 * other lines take their place, e.g. those of a filter, the first in sight stays so. (TanStack's own `anchorTo: 'end'` looks for a line
 * among all of them whenever there is a new one.)
 */
export function useLogRows(lines: readonly LogLine[], follow: boolean): LogRows {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: lineHeight,
    overscan: OVERSCAN,
  });
  const { generation, before } = useGeneration(lines);
  const place = useRef({ top: 0, atEnd: follow, generation });
  useLayoutEffect(() => {
    const { top, atEnd, generation: last } = place.current;
    const others = last !== generation;
    const first = before[virtual.getVirtualItemForOffset(top)?.index ?? 0];
    place.current.generation = generation;
    if (others) virtual.measure();
    if (atEnd && follow) frame.current?.scrollTo({ top: virtual.getTotalSize() });
    else if (others && first) virtual.scrollToIndex(indexOf(lines, first.number), { align: 'start' });
  }, [virtual, lines, before, generation, follow]);
  const items = virtual.getVirtualItems();
  return {
    frame,
    onScroll: ({ currentTarget: { scrollTop: top, scrollHeight, clientHeight } }) => {
      const ends = scrollHeight - clientHeight - top < LINE_PX;
      place.current.atEnd = ends || (place.current.atEnd && top >= place.current.top);
      place.current.top = top;
    },
    generation,
    rows: items.map(({ index }) => index),
    above: items[0]?.start ?? 0,
    height: virtual.getTotalSize(),
    measure: virtual.measureElement,
    goTo: (number) => {
      if (number !== undefined) virtual.scrollToIndex(indexOf(lines, number), { align: 'center' });
    },
    goToEnd: () => virtual.scrollToIndex(lines.length - 1, { align: 'end' }),
  };
}

/** How often other lines have taken the place of those before, and what those were. */
function useGeneration(lines: readonly LogLine[]): { readonly generation: number; readonly before: readonly LogLine[] } {
  const [shown, setShown] = useState({ lines, before: lines, generation: 0 });
  if (shown.lines === lines) return shown;
  const others = shown.lines.length > 0 && !continues(lines, shown.lines);
  const next = { lines, before: shown.lines, generation: shown.generation + (others ? 1 : 0) };
  setShown(next);
  return next;
}

const lineHeight = (): number => LINE_PX;

/** Where the line of a number is, or would be: numbers grow. */
function indexOf(lines: readonly LogLine[], number: number): number {
  let [from, to] = [0, lines.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (lines[middle]!.number < number) from = middle + 1;
    else to = middle;
  }
  return from;
}
