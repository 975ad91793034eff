import { Text } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { BoardRow, Cell } from './board';
import { BoardPlace } from './board-place';

export function BoardTable({ rows }: { rows: readonly BoardRow[] }) {
  const columns = rows[0]?.cells.map(({ environment }) => environment) ?? [];
  return (
    <table className="board">
      <caption className="visually-hidden">Versions of services by environment</caption>
      <thead>
        <tr>
          <th scope="col">Service</th>
          {columns.map(({ environment_id: id, name, title, type }) => (
            <th scope="col" key={id}>
              <Link to="/environments" search={{ environment: name }} className="quiet-link">
                {title}
              </Link>{' '}
              <span className="board-kind">{title.toLowerCase() === type ? name : type}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ service, cells }) => (
          <tr key={service.service_id}>
            <th scope="row">
              <Link to="/releases" search={{ service: service.name }} className="quiet-link">
                {service.title}
              </Link>
              <Text size="xs" c="var(--quiet)" fw={400}>
                {service.name} · {service.kind}
              </Text>
            </th>
            {cells.map((cell) => (
              <td key={cell.environment.environment_id} data-label={cell.environment.title}>
                <BoardCell cell={cell} service={service.name} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BoardCell({ cell, service }: { cell: Cell; service: string }) {
  const { name } = cell.environment;
  if (cell.places.length === 0)
    return (
      <Link to="/deploy" search={{ service, environment: name }} className="board-empty">
        <span>not deployed</span>
        <span className="board-act">
          <IconRocket size={13} aria-hidden /> Deploy
          <span className="visually-hidden">
            {service} to {name}
          </span>
        </span>
      </Link>
    );
  return (
    <div className="board-cell">
      {cell.places.map((place, index) => (
        <BoardPlace key={place.target?.target_id ?? index} place={place} environment={name} named={cell.places.length > 1} />
      ))}
    </div>
  );
}
