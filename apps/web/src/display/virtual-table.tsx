import './virtual-table.css';
import { createColumnHelper, tableFeatures, useTable, type Cell, type ColumnDef, type Row as TanStackRow } from '@tanstack/react-table';
import { useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ComponentType,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { useIsPhone } from './phone';
import { RowSlots } from './row-slots';

const features = tableFeatures({});
type Features = typeof features;
type Definition<Row extends object> = ColumnDef<Features, Row>;

export interface Column<Row extends object> {
  readonly definition: Definition<Row>;
  readonly width: number;
}

/**
 * A column of a virtual table: `text` is what it is about, `cell` how it looks, `width` the pixels that it needs. A table that has more room
 * shares it out in proportion, one that has less is scrolled. What a cell holds never moves a column, nor is it measured for that. A cell
 * remembers nothing: it is drawn with other rows as one scrolls.
 */
export function column<Row extends object>(
  id: string,
  header: string,
  text: (row: Row) => string,
  cell: (row: Row) => ReactNode,
  width: number,
): Column<Row> {
  const definition = createColumnHelper<Features, Row>().accessor(text, { id, header, cell: ({ row }) => cell(row.original) });
  return { definition: definition as unknown as Definition<Row>, width };
}

/** How a row is laid out where there is no room for columns: its lines, each of columns by their ids; those that no line names are left out. */
export type Card = readonly (readonly string[])[];

export interface VirtualTableProps<Row extends object> {
  label: string;
  /** Which list this is, e.g. its filter: another one is read from its top. */
  of?: string;
  columns: readonly Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowHeight?: number;
  /** What a row is on a phone. */
  card: Card;
  /** Opens a row, by a press or the enter key. */
  onOpen?: (row: Row) => void;
  selected?: string;
  /** There are more rows than these: asked for when the end comes near. */
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
}

const NEAR_END = 30;
/** Rows beyond the edge that one scrolls to: what a wheel turns past before the next frame. */
const AHEAD = 6;
const BEHIND = 1;

const LINE = 26;
const CARD_EDGES = 18;

/**
 * A table of any length: only the rows in sight exist. Arrow keys move from row to row, space ticks a row that can be chosen. On a phone its
 * rows are cards.
 */
export function VirtualTable<Row extends object>(props: VirtualTableProps<Row>) {
  const { rows: data, columns, hasMore, isLoadingMore, onMore } = props;
  const card = useIsPhone() ? props.card : undefined;
  const rowHeight = card ? card.length * LINE + CARD_EDGES : (props.rowHeight ?? 44);
  const frame = useRef<HTMLDivElement>(null);
  const definitions = useMemo(() => columns.map(({ definition }) => definition), [columns]);
  const direction = useRef<Direction>(null);
  const virtual = useVirtualizer({
    count: data.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    onChange: ({ scrollDirection }) => {
      direction.current = scrollDirection;
    },
    rangeExtractor: useCallback((range: Range) => withRowsAhead(range, direction.current), []),
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const inSight = useMemo(() => items.map(({ index }) => data[index]!), [items, data]);
  const table = useTable({ features, columns: definitions, data: inSight, getRowId: props.rowKey });
  const { rows } = table.getRowModel();
  const [slots] = useState(() => new RowSlots());
  const slotOf = useMemo(() => slots.of(rows.map(({ id }) => id)), [slots, rows]);
  const needed = columns.reduce((sum, { width }) => sum + width, 0);
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= data.length - NEAR_END) onMore();
  }, [hasMore, isLoadingMore, last, data.length, onMore]);
  useEffect(() => {
    if (frame.current) frame.current.scrollTop = 0;
  }, [props.of]);
  const opened = useRef(props.onOpen);
  useEffect(() => {
    opened.current = props.onOpen;
  });
  const opens = props.onOpen !== undefined;
  const onOpen = useMemo(() => (opens ? (row: Row) => opened.current?.(row) : undefined), [opens]);
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className="virtual-frame" ref={frame} tabIndex={0} role="region" aria-label={props.label}>
      <table className="virtual-table" style={card ? undefined : { minWidth: needed }} aria-rowcount={hasMore ? -1 : data.length + 1}>
        {!card && (
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => (
                  <th key={header.id} scope="col" style={{ width: `${(100 * columns[header.index]!.width) / needed}%` }}>
                    <table.FlexRender header={header} />
                  </th>
                ))}
              </tr>
            ))}
          </thead>
        )}
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {rows.map((row, nth) => (
            <TableRow
              key={slotOf[nth]}
              row={row}
              index={items[nth]!.index}
              height={rowHeight}
              selected={props.selected === row.id}
              onOpen={onOpen}
              columns={definitions}
              card={card}
              Cell={table.FlexRender}
            />
          ))}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

type Direction = 'forward' | 'backward' | null;

/** Indexes of the rows in sight, and of those that come next. */
function withRowsAhead({ startIndex, endIndex, count }: Range, direction: Direction): number[] {
  const from = Math.max(0, startIndex - (direction === 'forward' ? BEHIND : AHEAD));
  const to = Math.min(count - 1, endIndex + (direction === 'backward' ? BEHIND : AHEAD));
  return Array.from({ length: to - from + 1 }, (_, nth) => from + nth);
}

interface TableRowProps<Row extends object> {
  row: TanStackRow<Features, Row>;
  index: number;
  height: number;
  selected: boolean;
  onOpen: ((row: Row) => void) | undefined;
  /** Other columns draw the row anew. */
  columns: readonly Definition<Row>[];
  card: Card | undefined;
  Cell: ComponentType<{ cell: Cell<Features, Row> }>;
}

/** The table makes its rows anew when other ones are in sight; what one shows is its content's, which stays the same object. */
const showsTheSame = <Row extends object>(before: TableRowProps<Row>, after: TableRowProps<Row>): boolean =>
  before.row.original === after.row.original &&
  before.index === after.index &&
  before.height === after.height &&
  before.selected === after.selected &&
  before.onOpen === after.onOpen &&
  before.columns === after.columns &&
  before.card === after.card &&
  before.Cell === after.Cell;

/** Drawn once while it is in sight: scrolling, and more rows at the end, draw only the rows that come into sight. */
const TableRow = memo(function TableRow<Row extends object>(props: TableRowProps<Row>) {
  const { row, index, height, selected, onOpen, card, Cell: CellView } = props;
  const element = useRef<HTMLTableRowElement>(null);
  useLayoutEffect(() => () => letGoOfFocus(element.current), [row.id]);
  return (
    <tr
      ref={element}
      aria-rowindex={index + 2}
      style={{ height }}
      data-selected={selected || undefined}
      {...(onOpen ? opening(() => onOpen(row.original)) : {})}
    >
      {card ? (
        <CardCell {...props} card={card} />
      ) : (
        row.getAllCells().map((cell) => (
          <td key={cell.column.id}>
            <CellView cell={cell} />
          </td>
        ))
      )}
    </tr>
  );
}, showsTheSame) as <Row extends object>(props: TableRowProps<Row>) => ReactNode;

/** A row without columns: what it shows, line by line. */
function CardCell<Row extends object>({ row, card, Cell: CellView }: TableRowProps<Row> & { card: Card }) {
  const cells = new Map(row.getAllCells().map((cell) => [cell.column.id, cell]));
  return (
    <td className="card">
      {card.map((line) => (
        <div key={line.join()} className="card-line">
          {line.map((id) => (
            <span key={id}>
              <CellView cell={cells.get(id)!} />
            </span>
          ))}
        </div>
      ))}
    </td>
  );
}

/** The row that had the focus is gone; what its element shows now never had it. */
function letGoOfFocus(element: HTMLElement | null): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement && element?.contains(activeElement)) activeElement.blur();
}

/** A press that is not meant to open a tab or a window of its own. */
const isPlain = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;

interface RowLinkProps {
  /** Where the row opens. */
  href: string;
  title?: string;
  children: ReactNode;
}
/**
 * The address of what a row opens, to be copied or opened in a tab of its own. The row acts on a press: a link of the router in each would cost more
 * than its row.
 */
export const RowLink = ({ href, title, children }: RowLinkProps) => (
  <a href={href} title={title} className="quiet-link" tabIndex={-1} data-row-link>
    {children}
  </a>
);

const opening = (open: () => void) => ({
  tabIndex: 0,
  onClick: (event: MouseEvent<HTMLTableRowElement>) => {
    const pressed = (event.target as Element).closest<HTMLElement>('a, button, input, label');
    if (pressed && !(pressed.matches('a[data-row-link]') && isPlain(event))) return;
    event.preventDefault();
    open();
  },
  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') open();
    if (event.key === ' ') {
      event.preventDefault();
      event.currentTarget.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
    }
    const next =
      event.key === 'ArrowDown' || event.key === 'j'
        ? 'nextElementSibling'
        : event.key === 'ArrowUp' || event.key === 'k'
          ? 'previousElementSibling'
          : null;
    const row = next && event.currentTarget[next];
    if (!(row instanceof HTMLElement) || row.tabIndex < 0) return;
    event.preventDefault();
    row.focus();
  },
});
