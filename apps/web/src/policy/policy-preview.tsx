import '../settings/settings.css';
import { Alert, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../api/client';
import { STATUS } from '../display/lifecycle';
import { ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { ChangeList } from './change-list';

type Preview = Schemas['PolicyPreview'];

/** What a change would mean: which members, whether it needs approval itself, and what open releases would need then. */
export function PolicyPreview({ preview }: { preview: Preview }) {
  const { changes, needs_approval: asks, releases } = preview;
  return (
    <>
      {asks && (
        <Alert color="orange" variant="light" icon={<IconChecklist size={18} aria-hidden />} title="This change is decided in the inbox">
          The policy that holds now asks for approval of its own changes. It stays as it is until then.
        </Alert>
      )}
      <Panel title={changes.length === 1 ? 'One change' : `${changes.length} changes`}>
        <ChangeList changes={changes} label="Changes" />
      </Panel>
      <Panel title={`Open releases (${releases.length})`} flush={releases.length > 0}>
        {releases.length === 0 ? (
          <Text size="sm">None is previewed or waits for approval here, so nothing has to be previewed again.</Text>
        ) : (
          <OpenReleases releases={releases} />
        )}
      </Panel>
    </>
  );
}

const OpenReleases = ({ releases }: { releases: Preview['releases'] }) => (
  <table className="settings-table" aria-label="Open releases">
    <thead>
      <tr>
        <th scope="col">Release</th>
        <th scope="col">Needs now</th>
        <th scope="col">Would need, previewed again</th>
      </tr>
    </thead>
    <tbody>
      {releases.map(
        ({ release_id: id, service_name: service, artifact_version: version, status, now, then, strategy_allowed: allowed }) => (
          <tr key={id}>
            <td data-label="Release">
              <div>
                <Link to="/releases/$id" params={{ id }} className="quiet-link">
                  {service} {version}
                </Link>{' '}
                <ToneMark tone={STATUS[status].tone} plain>
                  {STATUS[status].label}
                </ToneMark>
              </div>
            </td>
            <td data-label="Needs now">{now.rule}</td>
            <td data-label="Would need" style={{ textAlign: 'left', whiteSpace: 'normal' }}>
              {allowed ? then.rule : <ToneMark tone="bad">Its strategy is not allowed any more</ToneMark>}
            </td>
          </tr>
        ),
      )}
    </tbody>
  </table>
);
