import { Button, Menu } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { api, type AuditEvent, type EnvironmentView } from '../api/client';
import { auditQuery, environmentsQuery, type AuditFilter } from '../api/queries';
import { useProject } from '../app/project';
import type { AuditSearch } from '../app/router';
import { NoProject } from '../catalogue/no-project';
import { download } from '../display/download';
import { Actor } from '../display/marks';
import { Empty, Page, Panel } from '../display/page';
import { PagedTable } from '../display/paged-table';
import { Moment } from '../display/times';
import { column } from '../display/virtual-table';
import { AuditFilters } from './audit-filters';
import { auditCsv } from './csv';

const COLUMNS = [
  column<AuditEvent>(
    'when',
    'When',
    ({ occurred_at: at }) => at,
    ({ occurred_at: at }) => <Moment at={at} />,
    235,
  ),
  column<AuditEvent>(
    'who',
    'Who',
    ({ actor_id: id }) => id,
    ({ actor_id: id, actor_type: type }) => <Actor id={id} type={type} />,
    200,
  ),
  column<AuditEvent>(
    'what',
    'What',
    ({ action }) => action,
    ({ action }) => <code>{action}</code>,
    190,
  ),
  column<AuditEvent>(
    'summary',
    'In words',
    ({ summary }) => summary,
    ({ summary }) => <span title={summary}>{summary}</span>,
    340,
  ),
  column<AuditEvent>(
    'resource',
    'On',
    ({ resource_id: id }) => id,
    (event) => <Resource event={event} />,
    240,
  ),
  column<AuditEvent>(
    'source',
    'From',
    ({ source }) => source,
    ({ source }) => source,
    75,
  ),
];

/** A fact on a phone. */
const CARD = [['summary'], ['what', 'who'], ['when', 'source']];

const Resource = ({ event }: { event: AuditEvent }) =>
  event.resource_type === 'release' ? (
    <Link to="/releases/$id" params={{ id: event.resource_id }}>
      <code>{event.resource_id}</code>
    </Link>
  ) : (
    <code>{event.resource_id}</code>
  );

export function AuditView() {
  const project = useProject();
  return (
    <Page title="Audit" lead="Every fact, newest first: who did what, where and when. Nothing here can be changed.">
      {project === undefined ? <NoProject /> : <Facts project={project} />}
    </Page>
  );
}

const NO_PLACES: readonly EnvironmentView[] = [];

function Facts({ project }: { project: string }) {
  const search = useSearch({ from: '/inside/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const { data: environments = NO_PLACES } = useQuery(environmentsQuery(project));
  const put = useCallback(
    (change: AuditSearch): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const filter: AuditFilter = {
    project,
    environment: environments.find(({ name }) => name === search.environment)?.environment_id,
    actor: search.actor,
    action: search.action,
    resource: search.resource,
    since: search.since,
    until: search.until,
  };
  const query = useInfiniteQuery(auditQuery(filter));
  return (
    <Panel flush tools={<AuditFilters search={search} environments={environments} put={put} />} aside={<Export filter={filter} />}>
      <PagedTable
        query={query}
        failed="The audit log could not be read"
        waiting={12}
        empty={
          <Empty icon={IconHistory} title="Nothing matches">
            Clear a filter to see more; who and what must be written whole.
          </Empty>
        }
        label="Audit log"
        of={JSON.stringify(filter)}
        columns={COLUMNS}
        card={CARD}
        rowKey={({ event_id: id }) => id}
        rowHeight={36}
      />
    </Panel>
  );
}

const EXPORT_LIMIT = 50_000;
const PAGE = 500;

async function everything(filter: AuditFilter): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = (await api.GET('/api/v1/audit/events', { params: { query: { ...filter, limit: PAGE, cursor } } })).data!;
    events.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && events.length < EXPORT_LIMIT);
  return events;
}

/** All that the filters let through, as a file; at most 50,000 facts. */
function Export({ filter }: { filter: AuditFilter }) {
  const exporting = useMutation({
    mutationFn: async (format: 'csv' | 'json') => {
      const events = await everything(filter);
      if (format === 'csv') download('audit.csv', 'text/csv', auditCsv(events));
      else download('audit.json', 'application/json', JSON.stringify(events, null, 2));
    },
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} loading={exporting.isPending}>
          {exporting.error ? 'Export failed, try again' : 'Export'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => exporting.mutate('csv')}>CSV</Menu.Item>
        <Menu.Item onClick={() => exporting.mutate('json')}>JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
