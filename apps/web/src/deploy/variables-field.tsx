import './deploy.css';
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { secretsQuery } from '../api/queries';
import { nameProblem, type VariableRow } from './draft-input';

interface VariablesFieldProps {
  project: string;
  environment: string;
  rows: readonly VariableRow[];
  onChange: (rows: readonly VariableRow[]) => void;
}

/** Variables of the release: plain values, or stored secrets of the environment by name. */
export function VariablesField({ project, environment, rows, onChange }: VariablesFieldProps) {
  const { data: secrets = [] } = useQuery(secretsQuery(project, environment));
  const patch = (index: number, change: Partial<VariableRow>): void =>
    onChange(rows.map((row, position) => (position === index ? { ...row, ...change } : row)));
  return (
    <Stack gap={6} role="group" aria-label="Variables">
      <Group justify="space-between">
        <Text size="sm" fw={500}>
          Variables
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange([...rows, { name: '', value: '' }])}
        >
          Add a variable
        </Button>
      </Group>
      {rows.length === 0 && (
        <Text size="xs" c="var(--quiet)">
          None: the artifact runs with its own settings.
        </Text>
      )}
      {rows.map(({ name, value }, index) => (
        <div key={index} className="variable">
          <TextInput
            aria-label={`Name of variable ${index + 1}`}
            placeholder="NAME"
            value={name}
            error={
              name === ''
                ? null
                : nameProblem(
                    name,
                    rows.filter((_, position) => position !== index).map((row) => row.name),
                  )
            }
            onChange={(event) => patch(index, { name: event.currentTarget.value })}
          />
          <Select
            aria-label={`Kind of variable ${index + 1}`}
            data={[
              { value: 'plain', label: 'value' },
              { value: 'secret', label: 'secret', disabled: secrets.length === 0 },
            ]}
            value={typeof value === 'string' ? 'plain' : 'secret'}
            onChange={(kind) => patch(index, { value: kind === 'secret' ? { secret_ref: secrets[0]?.name ?? '' } : '' })}
            allowDeselect={false}
          />
          {typeof value === 'string' ? (
            <TextInput
              aria-label={`Value of variable ${index + 1}`}
              className="variable-value"
              value={value}
              onChange={(event) => patch(index, { value: event.currentTarget.value })}
            />
          ) : (
            <Select
              aria-label={`Secret of variable ${index + 1}`}
              className="variable-value"
              data={secrets.map((secret) => secret.name)}
              value={value.secret_ref}
              onChange={(secret) => secret && patch(index, { value: { secret_ref: secret } })}
              allowDeselect={false}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Remove variable ${name || index + 1}`}
            onClick={() => onChange(rows.filter((_, position) => position !== index))}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
    </Stack>
  );
}
