import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import type { EnvironmentView } from '../api/client';
import type { InboxSearch } from '../app/router';
import { Filter, TextFilter } from '../display/filter';
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

interface InboxFiltersProps {
  tab: TabName;
  search: InboxSearch;
  environments: readonly EnvironmentView[];
  put: (change: Partial<InboxSearch>) => void;
}

/** Not drawn anew when more rows of the list come. */
export const InboxFilters = memo(function InboxFilters({ tab, search, environments, put }: InboxFiltersProps) {
  const teams = useQuery(teamsQuery).data ?? [];
  return (
    <Group gap="xs">
      <TextFilter label="Search" value={search.q} onChange={(q) => put({ q })} />
      <Filter
        label="Environment"
        data={environments.map(({ name }) => name)}
        value={search.environment}
        onChange={(environment) => put({ environment })}
      />
      {teams.length > 0 && (
        <Filter label="Team" data={teams.map(({ team_id: id }) => id)} value={search.team} onChange={(team) => put({ team })} />
      )}
      <Filter label="Risk" data={[...RISKS]} value={oneOf(RISKS, search.risk)} onChange={(risk) => put({ risk })} />
      <Filter label="SLA" data={[...SLA]} value={oneOf(valuesOf(SLA), search.sla)} onChange={(sla) => put({ sla })} />
      <Filter
        label="Priority"
        data={[...PRIORITIES]}
        value={oneOf(PRIORITIES, search.priority)}
        onChange={(priority) => put({ priority })}
      />
      {tab === 'all' && (
        <Filter label="Status" data={[...STATUSES]} value={oneOf(STATUSES, search.status)} onChange={(status) => put({ status })} />
      )}
      <Filter label="Order" data={[...SORTS]} value={oneOf(valuesOf(SORTS), search.sort)} onChange={(sort) => put({ sort })} />
    </Group>
  );
});
