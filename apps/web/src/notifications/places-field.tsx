import { Checkbox, MultiSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { environmentsQuery } from '../api/queries';

/** Where something must happen to be told: ids of projects, and of environments; empty: wherever the subscriber may look. */
export interface Places {
  readonly projects: string[];
  readonly environments: string[];
}

interface PlacesFieldProps {
  project: string;
  /** The subscription is the project's own: it is of no other. */
  bound: boolean;
  value: Places;
  onChange: (places: Places) => void;
  error?: ReactNode;
}

/** Narrows a subscription to the project in view, and to some of its environments. */
export function PlacesField({ project, bound, value, onChange, error }: PlacesFieldProps) {
  const { data: environments = [] } = useQuery(environmentsQuery(project));
  const here = bound || value.projects.includes(project);
  const others = value.environments.filter((id) => !environments.some(({ environment_id: of }) => of === id));
  return (
    <Stack gap="xs">
      {!bound && (
        <Checkbox
          label={`Only what happens in the project ${project}`}
          checked={here}
          onChange={({ currentTarget: { checked } }) => onChange({ projects: checked ? [project] : [], environments: [] })}
        />
      )}
      {here && (
        <MultiSelect
          label="Only in"
          placeholder={value.environments.length === 0 ? 'every environment' : undefined}
          data={[
            ...environments.map(({ environment_id: id, title }) => ({ value: id, label: title })),
            ...others.map((id) => ({ value: id, label: id })),
          ]}
          value={value.environments}
          onChange={(ids) => onChange({ ...value, environments: ids })}
          clearable
          error={error}
        />
      )}
    </Stack>
  );
}
