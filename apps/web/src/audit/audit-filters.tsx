import '@mantine/dates/styles.css';
import { DateTimePicker } from '@mantine/dates';
import dayjs from 'dayjs';
import { memo, useMemo } from 'react';
import type { AuditEvent, EnvironmentView } from '../api/client';
import type { AuditSearch } from '../app/router';
import { Filter, Filters, setOf, TextFilter, type TextFilterProps } from '../display/filter';
import { ProjectFilter } from '../display/project-filter';

/** Clears every filter of the log. */
export const NO_FILTER: AuditSearch = {
  actor: undefined,
  action: undefined,
  resource: undefined,
  environment: undefined,
  since: undefined,
  until: undefined,
};
export const isFiltered = (search: AuditSearch): boolean => Object.keys(NO_FILTER).some((name) => search[name as keyof AuditSearch]);

interface AuditFiltersProps {
  /** Undefined: every project, and the platform itself. */
  project: string | undefined;
  search: AuditSearch;
  environments: readonly EnvironmentView[];
  /** Facts that are at hand: who and what is in them is offered. */
  known: readonly AuditEvent[];
  put: (change: AuditSearch) => void;
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** By whom, what, where and when. */
export const AuditFilters = memo(function AuditFilters({ project, search, environments, known, put }: AuditFiltersProps) {
  const { actor, action, resource, environment, since, until } = search;
  const actors = useMemo(() => distinct(known.map(({ actor_id: id }) => id)), [known]);
  const actions = useMemo(() => distinct(known.map((event) => event.action)), [known]);
  return (
    <Filters
      first={<TextFilter label="Who" value={actor} suggestions={actors} onChange={(who) => put({ actor: who })} />}
      chosen={setOf(action, resource, environment, since, until, search.every)}
    >
      <TextFilter label="What, e.g. release.applied" value={action} suggestions={actions} onChange={(what) => put({ action: what })} wide />
      <TextFilter label="Resource id" value={resource} onChange={(what) => put({ resource: what })} />
      <ProjectFilter
        value={project}
        onChange={(next) => put({ project: next, every: next === undefined || undefined, environment: undefined })}
      />
      {project !== undefined && (
        <Filter
          label="Environment"
          data={environments.map(({ name }) => name)}
          value={environment}
          onChange={(where) => put({ environment: where })}
        />
      )}
      <MomentFilter label="From" value={since} onChange={(at) => put({ since: at })} />
      <MomentFilter label="To" value={until} onChange={(at) => put({ until: at })} />
    </Filters>
  );
});

const MOMENT = 'YYYY-MM-DD HH:mm';

/** Its name has what it shows. */
const MomentFilter = ({ label, value, onChange }: TextFilterProps) => (
  <DateTimePicker
    size="xs"
    className="filter"
    valueFormat={MOMENT}
    aria-label={value ? `${label} ${dayjs(value).format(MOMENT)}` : label}
    placeholder={label}
    clearable
    clearButtonProps={{ 'aria-label': `Clear ${label}` }}
    value={value ? new Date(value) : null}
    onChange={(next) => onChange(next ? new Date(next).toISOString() : undefined)}
  />
);
