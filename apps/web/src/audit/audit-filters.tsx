import '@mantine/dates/styles.css';
import { Group } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { memo } from 'react';
import type { EnvironmentView } from '../api/client';
import type { AuditSearch } from '../app/router';
import { Filter, TextFilter, type TextFilterProps } from '../display/filter';

interface AuditFiltersProps {
  search: AuditSearch;
  environments: readonly EnvironmentView[];
  put: (change: AuditSearch) => void;
}

/** By whom, what, where and when. Not drawn anew when more facts come. */
export const AuditFilters = memo(function AuditFilters({ search, environments, put }: AuditFiltersProps) {
  return (
    <Group gap="xs">
      <TextFilter label="Who" value={search.actor} onChange={(actor) => put({ actor })} />
      <TextFilter label="What, e.g. release.applied" value={search.action} onChange={(action) => put({ action })} width={200} />
      <TextFilter label="Resource id" value={search.resource} onChange={(resource) => put({ resource })} />
      <Filter
        label="Environment"
        data={environments.map(({ name }) => name)}
        value={search.environment}
        onChange={(environment) => put({ environment })}
      />
      <MomentFilter label="From" value={search.since} onChange={(since) => put({ since })} />
      <MomentFilter label="To" value={search.until} onChange={(until) => put({ until })} />
    </Group>
  );
});

const MomentFilter = ({ label, value, onChange }: TextFilterProps) => (
  <DateTimePicker
    size="xs"
    w={170}
    aria-label={label}
    placeholder={label}
    clearable
    value={value ? new Date(value) : null}
    onChange={(next) => onChange(next ? new Date(next).toISOString() : undefined)}
  />
);
