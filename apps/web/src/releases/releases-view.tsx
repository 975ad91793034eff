import { Tabs } from '@mantine/core';
import { IconRocket, IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { memo, useCallback } from 'react';
import type { ReleaseView } from '../api/client';
import { environmentsQuery, releasesQuery, servicesQuery } from '../api/queries';
import { useProject } from '../app/project';
import type { ReleasesSearch } from '../app/router';
import { NoProject } from '../catalogue/no-project';
import { ClearFilters, Filter, Filters, setOf } from '../display/filter';
import { LinkButton } from '../display/link-button';
import { Actor, InGroup, RiskMark, StatusMark } from '../display/marks';
import { Empty, Page, Panel } from '../display/page';
import { PagedTable } from '../display/paged-table';
import { Moment } from '../display/times';
import { column, RowLink } from '../display/virtual-table';
import { GroupsList } from './groups-list';
import { statusOf, STATUSES } from './statuses';

const COLUMNS = [
  column<ReleaseView>(
    'release',
    'Release',
    ({ service_name: service, artifact_version: version }) => `${service} ${version}`,
    (release) => (
      <RowLink href={`/releases/${release.release_id}?project=${release.project_id}`}>
        {release.service_name} <span className="numbers">{release.artifact_version}</span>
        {release.group_id && <InGroup />}
      </RowLink>
    ),
    190,
  ),
  column<ReleaseView>(
    'place',
    'Where',
    ({ environment_name: name }) => name,
    (release) => (
      <>
        {release.environment_name} <span className="quiet">/ {release.target_name}</span>
      </>
    ),
    110,
  ),
  column<ReleaseView>(
    'status',
    'Status',
    ({ status }) => status,
    (release) => <StatusMark release={release} />,
    182,
  ),
  column<ReleaseView>(
    'strategy',
    'Strategy',
    ({ strategy }) => strategy.type,
    ({ strategy }) => strategy.type,
    87,
  ),
  column<ReleaseView>(
    'risk',
    'Risk',
    ({ risk }) => risk,
    ({ risk }) => <RiskMark risk={risk} plain />,
    131,
  ),
  column<ReleaseView>(
    'by',
    'By',
    ({ requested_by: by }) => by,
    ({ requested_by: id, requested_by_type: type }) => <Actor id={id} type={type} />,
    116,
  ),
  column<ReleaseView>(
    'updated',
    'Last change',
    ({ updated_at: at }) => at,
    ({ updated_at: at }) => <Moment at={at} relative />,
    110,
  ),
];

/** A release on a phone. */
const CARD = [
  ['release', 'place'],
  ['status', 'risk'],
  ['updated', 'by'],
];

export function ReleasesView() {
  const project = useProject();
  return (
    <Page
      title="Releases"
      lead="Everything that was previewed or ran, newest first."
      actions={
        <LinkButton to="/deploy" leftSection={<IconRocket size={16} aria-hidden />}>
          Deploy
        </LinkButton>
      }
    >
      {project === undefined ? <NoProject /> : <ReleasesOrGroups project={project} />}
    </Page>
  );
}

function ReleasesOrGroups({ project }: { project: string }) {
  const search = useSearch({ from: '/inside/releases' });
  const navigate = useNavigate({ from: '/releases' });
  const put = useCallback(
    (change: ReleasesSearch): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const groups = search.view === 'groups';
  return (
    <>
      <Tabs value={groups ? 'groups' : 'single'} onChange={(value) => put({ view: value === 'groups' ? value : undefined })}>
        <Tabs.List>
          <Tabs.Tab value="single">Releases</Tabs.Tab>
          <Tabs.Tab value="groups">Groups</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {groups ? <GroupsList project={project} search={search} put={put} /> : <Releases project={project} search={search} put={put} />}
    </>
  );
}

interface ReleasesProps {
  project: string;
  search: ReleasesSearch;
  put: (change: ReleasesSearch) => void;
}

function Releases({ project, search, put }: ReleasesProps) {
  const navigate = useNavigate();
  const status = statusOf(search.status);
  const query = useInfiniteQuery(releasesQuery({ project, service: search.service, environment: search.environment, status }));
  const filtered = search.service !== undefined || search.environment !== undefined || status !== undefined;
  return (
    <Panel flush tools={<ReleaseFilters project={project} search={search} status={status} put={put} />}>
      <PagedTable
        query={query}
        failed="Releases could not be listed"
        empty={
          <Empty
            icon={IconStack2}
            title={filtered ? 'No release matches' : 'No release yet'}
            action={filtered && <ClearFilters onClear={() => put({ service: undefined, environment: undefined, status: undefined })} />}
          >
            {filtered ? 'None is what all filters ask for.' : 'A release begins with a preview: choose Deploy.'}
          </Empty>
        }
        label="Releases"
        of={JSON.stringify(search)}
        columns={COLUMNS}
        card={CARD}
        rowKey={({ release_id: id }) => id}
        onOpen={({ release_id: id }) => void navigate({ to: '/releases/$id', params: { id } })}
      />
    </Panel>
  );
}

interface ReleaseFiltersProps extends ReleasesProps {
  status: ReturnType<typeof statusOf>;
}

/** Not drawn anew when more rows of the list come. */
const ReleaseFilters = memo(function ReleaseFilters({ project, search, status, put }: ReleaseFiltersProps) {
  const services = useQuery(servicesQuery(project));
  const environments = useQuery(environmentsQuery(project));
  return (
    <Filters chosen={setOf(search.service, search.environment, status)}>
      <Filter
        label="Service"
        data={services.data?.map(({ name }) => name) ?? []}
        value={search.service}
        onChange={(service) => put({ service })}
      />
      <Filter
        label="Environment"
        data={environments.data?.map(({ name }) => name) ?? []}
        value={search.environment}
        onChange={(environment) => put({ environment })}
      />
      <Filter label="Status" data={STATUSES} value={status} onChange={(value) => put({ status: value })} />
    </Filters>
  );
});
