import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { AuditEvent, EnvironmentView } from '../api/client';
import { auditQuery, environmentsQuery, type AuditFilter } from '../api/queries';
import { useProject } from '../app/project';
import type { AuditSearch } from '../app/router';
import { NoProject } from '../catalogue/no-project';
import { ClearFilters } from '../display/filter';
import { Empty, Page, Panel } from '../display/page';
import { PagedTable } from '../display/paged-table';
import { AUDIT_CARD, AUDIT_COLUMNS } from './audit-columns';
import { AuditFilters, isFiltered, NO_FILTER } from './audit-filters';
import { Export } from './export';
import { FactDrawer } from './fact-drawer';

export function AuditView() {
  const project = useProject();
  return (
    <Page title="Audit" lead="Every fact, newest first: who did what, where and when. Nothing here can be changed.">
      {project === undefined ? <NoProject /> : <Facts inView={project} />}
    </Page>
  );
}

const NO_PLACES: readonly EnvironmentView[] = [];
const NO_FACTS: readonly AuditEvent[] = [];

function Facts({ inView }: { inView: string }) {
  const search = useSearch({ from: '/inside/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const project = search.every ? undefined : inView;
  const { data } = useQuery({ ...environmentsQuery(inView), enabled: project !== undefined });
  const environments = data ?? NO_PLACES;
  const [opened, setOpened] = useState<AuditEvent>();
  const put = useCallback(
    (change: AuditSearch): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const filter = filterOf(project, search, environments);
  // Which environment is meant is not known before.
  const enabled = search.environment === undefined || project === undefined || data !== undefined;
  const query = useInfiniteQuery({ ...auditQuery(filter), enabled });
  const known = useMemo(() => query.data?.pages[0]?.items ?? NO_FACTS, [query.data]);
  const filtered = isFiltered(search);
  return (
    <Panel
      flush
      tools={<AuditFilters project={project} search={search} environments={environments} known={known} put={put} />}
      aside={<Export filter={filter} />}
    >
      <PagedTable
        query={query}
        failed="The audit log could not be read"
        waiting={12}
        empty={
          filtered ? (
            <Empty icon={IconHistory} title="Nothing matches" action={<ClearFilters onClear={() => put(NO_FILTER)} />}>
              Who, what and the resource must be written whole, as the log names them.
            </Empty>
          ) : (
            <Empty icon={IconHistory} title="Nothing has happened here yet">
              Each preview, decision, deployment and change of settings is a fact here, by whomever and however it was made.
            </Empty>
          )
        }
        label="Audit log"
        of={JSON.stringify(filter)}
        columns={AUDIT_COLUMNS}
        card={AUDIT_CARD}
        rowKey={({ event_id: id }) => id}
        rowHeight={36}
        onOpen={setOpened}
        selected={opened?.event_id}
      />
      {opened && <FactDrawer event={opened} onClose={() => setOpened(undefined)} />}
    </Panel>
  );
}

const filterOf = (project: string | undefined, search: AuditSearch, environments: readonly EnvironmentView[]): AuditFilter => ({
  project,
  environment: environments.find(({ name }) => name === search.environment)?.environment_id,
  actor: search.actor,
  action: search.action,
  resource: search.resource,
  since: search.since,
  until: search.until,
});
