import { Group } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { EnvironmentView, Schemas } from '../api/client';
import { environmentsQuery } from '../api/queries';
import type { SettingsSearch } from '../app/router';
import { Filter, TextFilter } from '../display/filter';
import { Actor, ToneMark } from '../display/marks';
import { Empty, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { accessQuery } from './access-queries';
import { PERMISSIONS } from './permissions';
import { scopeText } from './scope-text';

type Entry = Schemas['AccessView']['items'][number];
type Reason = Entry['permissions'][number]['because'][number];

/** Who may do what where, and why. */
export function AccessPanel({ project }: { project: string }) {
  const search = useSearch({ from: '/inside/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const put = (change: Partial<SettingsSearch>): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const environments = useQuery(environmentsQuery(project)).data ?? [];
  const permission = PERMISSIONS.find((one) => one === search.permission);
  const { data, error, refetch } = useQuery(accessQuery({ project, environment: search.environment, subject: search.subject, permission }));
  return (
    <Panel
      flush
      tools={
        <Group gap="xs">
          <Filter
            label="Environment"
            data={environments.map(({ name }) => name)}
            value={search.environment}
            onChange={(environment) => put({ environment })}
          />
          <Filter label="Permission" data={[...PERMISSIONS]} value={permission} onChange={(value) => put({ permission: value })} />
          <TextFilter label="Who" value={search.subject} onChange={(subject) => put({ subject })} />
        </Group>
      }
    >
      {error && !data ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Rows count={4} />
      ) : data.length === 0 ? (
        <Empty icon={IconUserQuestion} title="Nobody that the platform knows of">
          People appear once they have signed in; agents and services when their account is made.
        </Empty>
      ) : (
        <table className="settings-table" aria-label="Who may do what, and why">
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">May</th>
            </tr>
          </thead>
          <tbody>
            {data.map((entry) => (
              <AccessRow key={entry.subject} entry={entry} environments={environments} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

const AccessRow = ({ entry, environments }: { entry: Entry; environments: readonly EnvironmentView[] }) => (
  <tr>
    <td>
      {entry.actor_type ? <Actor id={entry.subject} type={entry.actor_type} /> : <b>{entry.subject}</b>}{' '}
      {entry.status === 'disabled' && <ToneMark tone="wait">disabled</ToneMark>}
    </td>
    <td style={{ textAlign: 'left', whiteSpace: 'normal' }}>
      <ul className="permission-list">
        {entry.permissions.map(({ permission, because }) => (
          <li key={permission}>
            <code>{permission}</code> <span className="quiet">{because.map((reason) => why(reason, environments)).join('; ')}</span>
          </li>
        ))}
      </ul>
    </td>
  </tr>
);

/** A reason in words: `developer, by the group web, in project demo`. */
function why({ role, via, scope }: Reason, environments: readonly EnvironmentView[]): string {
  const by = /^(group|team|parent):(.+)$/.exec(via);
  const how = by ? (by[1] === 'parent' ? `on behalf of ${by[2]}` : `by the ${by[1]} ${by[2]}`) : via === 'claims' ? 'by its own token' : '';
  return [role, how, scope && scopeText(scope, environments)].filter(Boolean).join(', ');
}
