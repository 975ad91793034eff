import { LazyLog, SearchBar, type LazyLogProps } from '@melloware/react-logviewer';
import { cloneElement, createRef, isValidElement, type ReactNode } from 'react';
import { Virtualizer } from 'virtua';
import { growthOf } from './growing';
import { LineSearch } from './line-search';
import { rowsOf, type LogLine } from './log-line';
import { Written } from './written';

type State = LazyLog['state'];

const NOTHING = new Uint8Array();
/** Lines that are taken in at a stretch: well under a frame's time, also on a slow machine. */
const AT_ONCE = 2_000;

/**
 * The log viewer with logs of any length: lines in sight are all that is drawn, many lines are taken in a few at a time, and a search looks at
 * what it has not seen yet. The viewer's own `render` makes an element of every line at each turn of the wheel, and its search reads the whole
 * log again for each new line (ADR 0036). When and by whom a line was written stands in the viewer's gutter, which is not copied.
 */
export class VirtualLog extends LazyLog {
  private readonly search = new LineSearch();
  private readonly frame = createRef<HTMLDivElement>();
  private shown: readonly LogLine[] = [];
  private rows: LogLine[] = [];
  private waiting: LogLine[] = [];
  private timer: number | undefined;
  /** How far one had scrolled. */
  private top = 0;

  constructor(props: LazyLogProps) {
    super(props);
    this.handleSearch = (keywords = '') => this.find(keywords);
    this.filterLinesWithMatches = () => this.keepMatches();
  }

  /** Shows these lines: what they have more than before is added, other ones take the place of what was there. */
  show(lines: readonly LogLine[]): void {
    const growth = growthOf(lines, this.shown);
    // What is let go of while it still waits is not worth telling apart.
    const { gone, kept } = growth && !(growth.gone > 0 && this.waiting.length > 0) ? growth : { gone: this.shown.length, kept: 0 };
    if (kept === 0) this.waiting = [];
    this.forget(kept === 0 ? this.rows.length : this.shown.slice(0, gone).flatMap(rowsOf).length);
    this.shown = lines;
    for (const line of lines.slice(kept)) this.waiting.push(line);
    this.take();
  }

  override componentWillUnmount(): void {
    window.clearTimeout(this.timer);
    super.componentWillUnmount();
  }

  /** How far one has scrolled is the list's own to draw. */
  override shouldComponentUpdate(props: LazyLogProps, state: State): boolean {
    const keys = Object.keys(state) as (keyof State)[];
    return props !== this.props || keys.some((key) => key !== 'scrollOffset' && state[key] !== this.state[key]);
  }

  private readonly take = (): void => {
    window.clearTimeout(this.timer);
    const rows = this.waiting.splice(0, AT_ONCE).flatMap(rowsOf);
    if (rows.length === 0) return;
    for (const row of rows) {
      this.rows.push(row);
      this.search.add(row.line);
    }
    this.encodedLog = NOTHING;
    this.appendLines(rows.map(({ line }) => line));
    if (this.waiting.length > 0) this.timer = window.setTimeout(this.take);
  };

  private forget(count: number): void {
    if (count === 0) return;
    this.top = 0;
    this.rows.splice(0, count);
    this.search.forget(count);
    this.setState(({ lines }) => {
      const rest = lines.skip(count);
      return { lines: rest, count: rest.size };
    });
  }

  private find(searchKeywords: string): void {
    const resultLines = [...this.search.find(searchKeywords)];
    const { currentResultsPosition: at } = this.state;
    const currentResultsPosition = at < resultLines.length ? at : 0;
    this.setState({ resultLines, searchKeywords, currentResultsPosition, isSearching: true }, this.filterLinesWithMatches);
  }

  private keepMatches(): void {
    const { resultLines, lines, isFilteringLinesWithMatches } = this.state;
    if (!isFilteringLinesWithMatches || resultLines.length === 0) return;
    const matching = new Set(resultLines);
    this.setState({ resultLineUniqueIndexes: [...matching], filteredLines: lines.filter((_, index) => matching.has(index + 1)) });
  }

  /** Tells who follows the end: of who has scrolled away from it and who is there again, not of lines that came meanwhile. */
  private readonly scrolled = (scrollTop: number): void => {
    const { scrollSize: scrollHeight = 0, viewportSize = 0 } = this.listRef.current ?? {};
    const [away, below] = [scrollTop < this.top, scrollHeight - scrollTop];
    this.top = scrollTop;
    this.setState({ scrollOffset: scrollTop });
    const atEnd = below - viewportSize < this.getItemSize(0);
    if (away || atEnd) this.props.onScroll?.({ scrollTop, scrollHeight, clientHeight: atEnd ? below : viewportSize });
  };

  override render() {
    const { count, filteredLines, isFilteringLinesWithMatches: filtering } = this.state;
    const length = filtering ? (filteredLines?.size ?? 0) : count;
    return (
      <>
        {this.renderSearch()}
        <div ref={this.frame} className="react-lazylog log-lines" role="region" aria-label="Lines of the log" tabIndex={0}>
          <Virtualizer
            ref={this.listRef}
            as="ul"
            item="li"
            itemSize={this.getItemSize(0)}
            data={{ length }}
            onScroll={this.scrolled}
            scrollRef={this.frame}
          >
            {(_, index) => <>{this.renderLine(index)}</>}
          </Virtualizer>
        </div>
      </>
    );
  }

  private renderLine(index: number): ReactNode {
    const line: ReactNode = this.renderRow({ index });
    if (!isValidElement<{ number: number; gutter: ReactNode }>(line)) return line;
    const written = this.rows[line.props.number - 1];
    return cloneElement(line, { gutter: written && <Written line={written} /> });
  }

  private renderSearch() {
    const { count, currentResultsPosition, isFilteringLinesWithMatches, resultLines } = this.state;
    return (
      <SearchBar
        ref={this.searchBarRef}
        currentResultsPosition={currentResultsPosition}
        disabled={count === 0}
        enableSearchNavigation
        filterActive={isFilteringLinesWithMatches}
        onClearSearch={this.handleClearSearch}
        onEnter={this.handleEnterPressed}
        onFilterLinesWithMatches={this.handleFilterLinesWithMatches}
        onSearch={this.handleSearch}
        onShiftEnter={this.handleShiftEnterPressed}
        resultsCount={resultLines.length}
      />
    );
  }
}
