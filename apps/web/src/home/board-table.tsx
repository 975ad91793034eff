import { Text } from '@mantine/core';
import { IconAlertTriangle, IconExternalLink, IconLock, IconQuestionMark, IconRocket } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReleaseView, SlotView } from '../api/client';
import { STATUS } from '../display/lifecycle';
import { InGroup, StatusMark, ToneMark } from '../display/marks';
import { Moment } from '../display/times';
import type { BoardRow, Cell, Place } from './board';

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
        <BoardPlace key={place.target?.target_id ?? index} place={place} named={cell.places.length > 1} />
      ))}
    </div>
  );
}

function BoardPlace({ place: { target, slot, inFlight }, named }: { place: Place; named: boolean }) {
  return (
    <div className="board-place">
      {slot?.release_id ? (
        <Running slot={slot} target={named ? target?.name : undefined} />
      ) : (
        <span className="board-none">nothing runs yet</span>
      )}
      {inFlight.map((release) => (
        <InFlight key={release.release_id} release={release} />
      ))}
    </div>
  );
}

function Running({ slot, target }: { slot: SlotView; target: string | undefined }) {
  return (
    <div>
      <div className="board-version">
        <span className="board-state" data-tone={slot.drift === 'drifted' ? 'bad' : slot.hold ? 'wait' : 'ok'} aria-hidden />
        <Link to="/releases/$id" params={{ id: slot.release_id! }} className="quiet-link numbers">
          {slot.artifact_version}
        </Link>
        {slot.url && (
          <a
            href={slot.url}
            target="_blank"
            rel="noreferrer"
            aria-label={`Open ${slot.service_name} at ${slot.url}`}
            className="board-open"
          >
            <IconExternalLink size={13} aria-hidden />
          </a>
        )}
      </div>
      <div className="board-since">
        {slot.deployed_at && <Moment at={slot.deployed_at} relative />}
        {target && <> · {target}</>}
      </div>
      {slot.hold && (
        <ToneMark tone="wait" icon={IconLock} title={`Held by ${slot.hold.by}: ${slot.hold.reason}`}>
          Held
        </ToneMark>
      )}
      {slot.drift === 'drifted' && (
        <ToneMark tone="bad" icon={IconAlertTriangle} title="What runs is not what was deployed">
          Drifted
        </ToneMark>
      )}
      {slot.drift === 'unknown' && slot.drift_checked_at && (
        <ToneMark tone="neutral" icon={IconQuestionMark} title="The last check could not tell">
          Drift unknown
        </ToneMark>
      )}
    </div>
  );
}

const InFlight = ({ release }: { release: ReleaseView }) => (
  <Link to="/releases/$id" params={{ id: release.release_id }} className="board-flight" data-tone={STATUS[release.status].tone}>
    <span className="numbers">{release.artifact_version}</span>
    {release.group_id && <InGroup />} <StatusMark release={release} plain />
  </Link>
);
