import { Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { artifactsQuery } from '../api/queries';
import { Moment } from '../display/times';

interface VersionFieldProps {
  project: string;
  /** By name; undefined while none is chosen. */
  service: string | undefined;
  value: string | undefined;
  onChange: (version: string | undefined) => void;
}

/** The versions of a service, each with when it was registered. */
export function VersionField({ project, service, value, onChange }: VersionFieldProps) {
  const { data: artifacts } = useQuery({ ...artifactsQuery(project, service ?? ''), enabled: service !== undefined });
  const registered = new Map(artifacts?.map(({ version, registered_at: at }) => [version, at]));
  return (
    <Select
      label="Version"
      placeholder={service ? 'Which' : 'Choose a service first'}
      searchable
      disabled={service === undefined}
      data={[...registered.keys()]}
      renderOption={({ option }) => (
        <span>
          {option.value}{' '}
          <Text span size="xs" c="var(--quiet)">
            · <Moment at={registered.get(option.value)!} relative />
          </Text>
        </span>
      )}
      value={value ?? null}
      onChange={(version) => onChange(version ?? undefined)}
      error={artifacts?.length === 0 && `It has no version yet: slipway artifacts push ./dir --service ${service} --version 1.0.0`}
      nothingFoundMessage="No such version; push it with slipway artifacts push"
      allowDeselect={false}
    />
  );
}
