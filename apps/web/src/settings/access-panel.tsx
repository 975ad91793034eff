import { IconUserQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { EnvironmentView, Schemas } from '../api/client';
import { environmentsQuery } from '../api/queries';
import type { SettingsSearch } from '../app/router';
import { Filter, Filters, setOf, TextFilter } from '../display/filter';
import { Actor, ToneMark } from '../display/marks';
import { Empty, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { accessQuery } from './access-queries';
import { PERMISSIONS, type Permission } from './permissions';
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
        <Filters
          first={<TextFilter label="Who" value={search.subject} onChange={(subject) => put({ subject })} />}
          chosen={setOf(search.environment, permission)}
        >
          <Filter
            label="Environment"
            data={environments.map(({ name }) => name)}
            value={search.environment}
            onChange={(environment) => put({ environment })}
          />
          <Filter label="Permission" data={[...PERMISSIONS]} value={permission} onChange={(value) => put({ permission: value })} />
        </Filters>
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
    <td data-label="Who">
      <div>
        {entry.actor_type ? <Actor id={entry.subject} type={entry.actor_type} /> : <b>{entry.subject}</b>}{' '}
        {entry.status === 'disabled' && <ToneMark tone="wait">disabled</ToneMark>}
      </div>
    </td>
    <td data-label="May" style={{ textAlign: 'left', whiteSpace: 'normal' }}>
      <dl className="because">
        {byReason(entry, environments).map(([reason, permissions]) => (
          <div key={reason}>
            <dt>{reason}</dt>
            <dd className="permissions">
              {permissions.map((permission) => (
                <code key={permission}>{permission}</code>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </td>
  </tr>
);

/** Permissions that are held for the same reasons, together. */
function byReason({ permissions }: Entry, environments: readonly EnvironmentView[]): [string, Permission[]][] {
  const held = new Map<string, Permission[]>();
  for (const { permission, because } of permissions) {
    const reason = because.map((one) => why(one, environments)).join('; ');
    held.set(reason, [...(held.get(reason) ?? []), permission]);
  }
  return [...held];
}

/** A reason in words: `developer, by the group web, in project demo`. */
function why({ role, via, scope }: Reason, environments: readonly EnvironmentView[]): string {
  const [, kind, name] = /^(group|team|parent):(\S+)/.exec(via) ?? [];
  const how =
    kind === undefined ? via === 'claims' && 'by its own token' : kind === 'parent' ? `on behalf of ${name}` : `by the ${kind} ${name}`;
  return [role, how, scope && scopeText(scope, environments)].filter(Boolean).join(', ');
}
