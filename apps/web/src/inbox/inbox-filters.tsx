import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import type { EnvironmentView } from '../api/client';
import type { InboxSearch } from '../app/router';
import { Filter, Filters, setOf, TextFilter } from '../display/filter';
import { ProjectFilter } from '../display/project-filter';
import { teamsQuery } from '../settings/access-queries';
import type { TabName } from './inbox-tabs';

/** What of the address is one of the values; anything else counts as absent. */
export const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find((candidate) => candidate === value);
export const RISKS = ['low', 'medium', 'high', 'critical'] as const;
export const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const;
export const STATUSES = ['pending', 'approved', 'rejected', 'expired', 'superseded', 'cancelled', 'failed', 'voided'] as const;
export const SLA = [
  { value: 'on_track', label: 'SLA on track' },
  { value: 'at_risk', label: 'SLA at risk' },
  { value: 'missed', label: 'SLA missed' },
  { value: 'met', label: 'SLA met' },
] as const;
export const SORTS = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'priority', label: 'By priority' },
  { value: 'risk', label: 'By risk' },
  { value: 'expiry', label: 'By expiry' },
  { value: 'sla', label: 'By SLA' },
] as const;
export const valuesOf = <T extends string>(options: readonly { value: T }[]): T[] => options.map(({ value }) => value);

/** Clears every filter of the inbox; tab and order stay. */
export const NO_FILTER: Partial<InboxSearch> = {
  q: undefined,
  environment: undefined,
  team: undefined,
  risk: undefined,
  sla: undefined,
  priority: undefined,
  status: undefined,
};
export const isFiltered = (search: InboxSearch): boolean => Object.keys(NO_FILTER).some((name) => search[name as keyof InboxSearch]);

interface InboxFiltersProps {
  /** Undefined: every project. */
  project: string | undefined;
  tab: TabName;
  search: InboxSearch;
  environments: readonly EnvironmentView[];
  put: (change: Partial<InboxSearch>) => void;
}

/** Not drawn anew when more rows of the list come. */
export const InboxFilters = memo(function InboxFilters({ project, tab, search, environments, put }: InboxFiltersProps) {
  const { q, environment, team, risk, sla, priority, status } = search;
  const chosen = setOf(environment, team, risk, sla, priority, tab === 'all' ? status : undefined, search.every);
  return (
    <Filters first={<TextFilter label="Search" value={q} onChange={(words) => put({ q: words })} />} chosen={chosen}>
      <ProjectFilter
        value={project}
        onChange={(next) => put({ project: next, every: next === undefined || undefined, environment: undefined })}
      />
      <Places project={project} search={search} environments={environments} put={put} />
      <Filter label="Risk" data={[...RISKS]} value={oneOf(RISKS, risk)} onChange={(next) => put({ risk: next })} />
      <Filter label="SLA" data={[...SLA]} value={oneOf(valuesOf(SLA), sla)} onChange={(next) => put({ sla: next })} />
      <Filter label="Priority" data={[...PRIORITIES]} value={oneOf(PRIORITIES, priority)} onChange={(next) => put({ priority: next })} />
      {tab === 'all' && (
        <Filter label="Status" data={[...STATUSES]} value={oneOf(STATUSES, status)} onChange={(next) => put({ status: next })} />
      )}
      <Filter label="Order" data={[...SORTS]} value={oneOf(valuesOf(SORTS), search.sort)} onChange={(sort) => put({ sort })} />
    </Filters>
  );
});

/** Environments are of one project; teams of any. */
function Places({ project, search, environments, put }: Omit<InboxFiltersProps, 'tab'>) {
  const teams = useQuery(teamsQuery).data ?? [];
  return (
    <>
      {project !== undefined && (
        <Filter
          label="Environment"
          data={environments.map(({ name }) => name)}
          value={search.environment}
          onChange={(environment) => put({ environment })}
        />
      )}
      {teams.length > 0 && (
        <Filter label="Team" data={teams.map(({ team_id: id }) => id)} value={search.team} onChange={(team) => put({ team })} />
      )}
    </>
  );
}
