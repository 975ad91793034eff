import './log-text.css';
import { useMemo, useState, type MouseEvent } from 'react';
import { attributedText, plainText, type LogLine } from './log-line';
import { LogBar } from './log-bar';
import { LogRow } from './log-row';
import { useLogRows } from './use-log-rows';
import { useLogSearch } from './use-log-search';

interface LogTextProps {
  lines: readonly LogLine[];
  /** Every line says who wrote it. */
  attributed: boolean;
  /** Begins at the end, which stays in sight as lines come. */
  follow: boolean;
}

/** Lines from one number to another. */
type Range = readonly [number, number];

/** Lines with ANSI colours, numbered, searchable; follows their end until the reader scrolls away, and again from there. */
export default function LogText({ lines, attributed, follow }: LogTextProps) {
  const textOf = attributed ? attributedText : plainText;
  const search = useLogSearch(lines, textOf);
  const [onlyMatches, setOnlyMatches] = useState(false);
  const [marked, setMarked] = useState<Range | null>(null);
  const shown = useMatching(lines, onlyMatches && search.words !== '' ? search.matches : null);
  const { frame, onScroll, rows, generation, above, height, measure, goTo, goToEnd } = useLogRows(shown, follow);
  const current = search.matches[search.at];
  const nth = search.at - search.matches.indexOf(current ?? 0);
  const press = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-number]');
    if (!row || event.target !== row) return;
    const number = Number(row.dataset['number']);
    setMarked((before) => (event.shiftKey && before ? rangeOf(before[0], number) : [number, number]));
    setOnlyMatches(false);
  };
  return (
    <div className="log-text">
      <LogBar search={search} onGo={(by) => goTo(search.go(by))} onlyMatches={onlyMatches} onOnlyMatches={setOnlyMatches} onEnd={goToEnd} />
      <div className="log-lines" ref={frame} onScroll={onScroll} tabIndex={0} role="region" aria-label="Lines of the log">
        {shown.length === 0 && <p className="log-none">No line matches.</p>}
        <div className="log-height" style={{ height }}>
          <ol className="log-rows" style={{ transform: `translateY(${above}px)` }} onClick={press}>
            {rows.map((index) => {
              const line = shown[index]!;
              return (
                <LogRow
                  key={`${generation}/${line.number}`}
                  line={line}
                  index={index}
                  textOf={textOf}
                  words={search.words}
                  current={line.number === current ? nth : -1}
                  marked={marked !== null && marked[0] <= line.number && line.number <= marked[1]}
                  measure={measure}
                />
              );
            })}
          </ol>
        </div>
      </div>
    </div>
  );
}

const rangeOf = (one: number, other: number): Range => [Math.min(one, other), Math.max(one, other)];

/** All lines, or those with these numbers. */
function useMatching(lines: readonly LogLine[], numbers: readonly number[] | null): readonly LogLine[] {
  return useMemo(() => {
    if (numbers === null) return lines;
    const wanted = new Set(numbers);
    return lines.filter(({ number }) => wanted.has(number));
  }, [lines, numbers]);
}
