import { LazyLog, SearchBar, type LazyLogProps } from '@melloware/react-logviewer';
import { VList } from 'virtua';
import { continues } from './growing';
import { LineSearch } from './line-search';

type State = LazyLog['state'];

const NOTHING = new Uint8Array();
const LINE_END = /\r\n|\r|\n/;

/**
 * The log viewer with logs of any length: lines in sight are all that is drawn, and a search looks at what it has not seen yet. The viewer's
 * own `render` makes an element of every line at each turn of the wheel, and its search reads the whole log again for each new line (ADR 0036).
 */
export class VirtualLog extends LazyLog {
  private readonly search = new LineSearch();
  private shown: readonly string[] = [];

  constructor(props: LazyLogProps) {
    super(props);
    this.handleSearch = (keywords = '') => this.find(keywords);
    this.filterLinesWithMatches = () => this.keepMatches();
  }

  /** Shows these lines: what they have more than before is added, other ones take the place of what was there. */
  show(lines: readonly string[]): void {
    const grew = continues(lines, this.shown);
    const more = (grew ? lines.slice(this.shown.length) : lines).flatMap((line) => line.split(LINE_END));
    this.shown = lines;
    if (!grew) this.forget();
    if (more.length > 0) this.appendLines(more);
  }

  /** How far one has scrolled is the list's own to draw. */
  override shouldComponentUpdate(props: LazyLogProps, state: State): boolean {
    const keys = Object.keys(state) as (keyof State)[];
    return props !== this.props || keys.some((key) => key !== 'scrollOffset' && state[key] !== this.state[key]);
  }

  override appendLines(lines: string[]): void {
    this.search.add(lines);
    this.encodedLog = NOTHING;
    super.appendLines(lines);
  }

  private forget(): void {
    this.search.clear();
    this.setState(({ lines }) => ({ lines: lines.clear(), count: 0 }));
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

  private readonly scrolled = (scrollTop: number): void => {
    this.setState({ scrollOffset: scrollTop });
    const scrollHeight = this.listRef.current?.scrollSize ?? 0;
    this.props.onScroll?.({ scrollTop, scrollHeight, clientHeight: Number(this.calculateListHeight()) });
  };

  override render() {
    const { count, filteredLines, isFilteringLinesWithMatches: filtering } = this.state;
    const size = filtering ? (filteredLines?.size ?? 0) : count;
    const length = size === 0 ? 0 : size + (this.props.extraLines ?? 0);
    return (
      <>
        {this.renderSearch()}
        <VList
          ref={this.listRef}
          className="react-lazylog log-lines"
          item="li"
          itemSize={this.getItemSize(0)}
          style={{ height: this.calculateListHeight(true) }}
          data={{ length }}
          onScroll={this.scrolled}
        >
          {(_, index) => <>{this.renderRow({ index })}</>}
        </VList>
      </>
    );
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
