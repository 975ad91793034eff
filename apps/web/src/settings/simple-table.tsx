import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Empty, Rows } from '../display/page';
import { Problem } from '../display/problem';

interface SimpleTableProps<Row> {
  query: { data: readonly Row[] | undefined; error: unknown; refetch: () => unknown };
  label: string;
  /** Headings; the last column is what can be done. */
  columns: readonly string[];
  cells: (row: Row) => readonly ReactNode[];
  rowKey: (row: Row) => string;
  empty: { icon: Icon; title: string; says: ReactNode };
}

/** A short list that is read at once, with its three other states: on its way, failed, empty. */
export function SimpleTable<Row>({ query, label, columns, cells, rowKey, empty }: SimpleTableProps<Row>) {
  if (query.error && !query.data) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Rows count={3} />;
  if (query.data.length === 0)
    return (
      <Empty icon={empty.icon} title={empty.title}>
        {empty.says}
      </Empty>
    );
  return (
    <table className="settings-table" aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          <th scope="col">
            <span className="visually-hidden">What can be done</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {query.data.map((row) => (
          <tr key={rowKey(row)}>
            {cells(row).map((cell, index) => (
              <td key={index} data-label={columns[index]}>
                {cell === null ? null : <div>{cell}</div>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
