import { IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { GroupView } from '../api/client';
import { environmentsQuery } from '../api/queries';
import type { ReleasesSearch } from '../app/router';
import { ClearFilters, Filter, Filters, setOf } from '../display/filter';
import { Actor, RiskMark, StatusMark } from '../display/marks';
import { Empty, Panel } from '../display/page';
import { PagedTable } from '../display/paged-table';
import { Moment } from '../display/times';
import { column, RowLink } from '../display/virtual-table';
import { groupsQuery } from '../group/group-queries';
import { groupProgress, groupTitle } from '../group/group-text';
import { statusOf, STATUSES } from './statuses';

const COLUMNS = [
  column<GroupView>(
    'group',
    'Together',
    groupTitle,
    (group) => (
      <RowLink href={`/groups/${group.group_id}?project=${group.project_id}`} title={groupTitle(group)}>
        {groupTitle(group)}
      </RowLink>
    ),
    320,
  ),
  column<GroupView>(
    'place',
    'Where',
    ({ environment_name: name }) => name,
    ({ environment_name: name }) => name,
    160,
  ),
  column<GroupView>(
    'status',
    'Status',
    ({ status }) => status,
    ({ status }) => <StatusMark release={{ status, paused: false }} />,
    182,
  ),
  column<GroupView>(
    'progress',
    'Applied',
    (group) => String(groupProgress(group).done),
    (group) => `${groupProgress(group).done} of ${groupProgress(group).all}`,
    90,
  ),
  column<GroupView>(
    'risk',
    'Risk',
    ({ risk }) => risk,
    ({ risk }) => <RiskMark risk={risk} plain />,
    131,
  ),
  column<GroupView>(
    'by',
    'By',
    ({ requested_by: by }) => by,
    ({ requested_by: id, requested_by_type: type }) => <Actor id={id} type={type} />,
    150,
  ),
  column<GroupView>(
    'updated',
    'Last change',
    ({ updated_at: at }) => at,
    ({ updated_at: at }) => <Moment at={at} relative />,
    120,
  ),
];

/** A group on a phone. */
const CARD = [['group'], ['status', 'progress', 'place'], ['updated', 'by']];

interface GroupsListProps {
  project: string;
  search: ReleasesSearch;
  put: (change: ReleasesSearch) => void;
}

/** Groups of releases, newest first. */
export function GroupsList({ project, search, put }: GroupsListProps) {
  const navigate = useNavigate();
  const environments = useQuery(environmentsQuery(project));
  const status = statusOf(search.status);
  const query = useInfiniteQuery(groupsQuery({ project, environment: search.environment, status }));
  const filtered = search.environment !== undefined || status !== undefined;
  return (
    <Panel
      flush
      tools={
        <Filters chosen={setOf(search.environment, status)}>
          <Filter
            label="Environment"
            data={environments.data?.map(({ name }) => name) ?? []}
            value={search.environment}
            onChange={(environment) => put({ environment })}
          />
          <Filter label="Status" data={STATUSES} value={status} onChange={(value) => put({ status: value })} />
        </Filters>
      }
    >
      <PagedTable
        query={query}
        failed="Groups could not be listed"
        empty={
          <Empty
            icon={IconStack2}
            title={filtered ? 'No group matches' : 'No group yet'}
            action={filtered && <ClearFilters onClear={() => put({ environment: undefined, status: undefined })} />}
          >
            {filtered
              ? 'None is what all filters ask for.'
              : 'Services that must change together are released as one, and go back as one: choose Deploy, then Several as one.'}
          </Empty>
        }
        label="Groups"
        of={JSON.stringify(search)}
        columns={COLUMNS}
        card={CARD}
        rowKey={({ group_id: id }) => id}
        onOpen={({ group_id: id }) => void navigate({ to: '/groups/$id', params: { id } })}
      />
    </Panel>
  );
}
