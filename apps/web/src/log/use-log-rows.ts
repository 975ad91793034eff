import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import type { LogLine } from './log-line';

/** The height of a line that is not broken, in pixels: see log-text.css. */
const LINE_PX = 19;
const OVERSCAN = 8;

interface LogRows {
  readonly frame: RefObject<HTMLDivElement | null>;
  /** Indexes of the lines in sight. */
  readonly rows: readonly number[];
  /** Pixels above the first of them, and of all lines. */
  readonly above: number;
  readonly height: number;
  readonly measure: (row: HTMLLIElement | null) => void;
  /** Shows the line of a number, if it is there. */
  readonly goTo: (number: number | undefined) => void;
  readonly goToEnd: () => void;
}

/**
 * Which lines of a log are in sight. One that is followed begins at its end, which stays in sight as lines come; anywhere else the same lines
 * stay in sight.
 */
export function useLogRows(lines: readonly LogLine[], follow: boolean): LogRows {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: lineHeight,
    getItemKey: useCallback((index: number) => lines[index]!.number, [lines]),
    overscan: OVERSCAN,
    anchorTo: 'end',
    followOnAppend: follow,
    scrollEndThreshold: LINE_PX,
  });
  const startsAtEnd = useRef(follow);
  useLayoutEffect(() => {
    if (startsAtEnd.current) virtual.scrollToEnd();
  }, [virtual]);
  const items = virtual.getVirtualItems();
  return {
    frame,
    rows: items.map(({ index }) => index),
    above: items[0]?.start ?? 0,
    height: virtual.getTotalSize(),
    measure: virtual.measureElement,
    goTo: (number) => {
      if (number !== undefined) virtual.scrollToIndex(indexOf(lines, number), { align: 'center' });
    },
    goToEnd: () => virtual.scrollToEnd(),
  };
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
