import '@mantine/dates/styles.css';
import { Button, Group, Modal, NumberInput, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnvironmentView } from '../api/client';
import { useFocusGivenBack } from '../display/focus-given-back';
import { Problem } from '../display/problem';
import { setWindow, type GateScope } from './gate-queries';
import { placeOf, ScopeChoice, scopeName } from './gate-scopes';
import { ONCE, REPEATS } from './repeats';

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface NewWindowProps {
  environment: EnvironmentView;
  /** Where one may set it. */
  scopes: readonly GateScope[];
  onClose: () => void;
}

/** Sets a freeze window of an environment, or of what is around it: when, how long, and why. */
export function NewWindow({ environment, scopes, onClose }: NewWindowProps) {
  useFocusGivenBack();
  const queries = useQueryClient();
  const [scope, setScope] = useState<GateScope>(scopes[0]!);
  const form = useForm({
    initialValues: { name: '', kind: 'deny', start: null as string | null, timezone: HERE, hours: 24, repeats: ONCE, reason: '' },
    validate: {
      name: (name) => (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) ? null : 'Lower-case letters, digits and hyphens inside'),
      start: (start) => (start === null ? 'Say when it begins first' : null),
      hours: (hours) => (hours > 0 ? null : 'Longer than nothing'),
      reason: (reason) => (reason.trim() ? null : 'Say why: people read it when they are refused'),
    },
  });
  const setting = useMutation({
    mutationFn: ({ name, kind, start, timezone, hours, repeats, reason }: typeof form.values) =>
      setWindow(placeOf(scope, environment), {
        name,
        kind: kind === 'allow' ? 'allow' : 'deny',
        start: start!.slice(0, 16).replace(' ', 'T'),
        timezone,
        duration_s: Math.round(hours * 3600),
        rrule: repeats === ONCE ? undefined : repeats,
        reason: reason.trim(),
      }),
    onSuccess: async (_, { name }) => {
      await queries.invalidateQueries({ queryKey: ['gate'] });
      notifications.show({ message: `The window ${name} is set` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`A freeze window of ${scopeName(scope, environment)}`} size="md">
      <form onSubmit={form.onSubmit((values) => setting.mutate(values))}>
        <Stack gap="md">
          <ScopeChoice environment={environment} scopes={scopes} value={scope} onChange={setScope} />
          <TextInput
            label="Name"
            description="e.g. weekend; the same name replaces it"
            data-autofocus
            spellCheck={false}
            {...form.getInputProps('name')}
          />
          <SegmentedControl
            aria-label="Kind"
            data={[
              { value: 'deny', label: 'Closed then' },
              { value: 'allow', label: 'Open only then' },
            ]}
            {...form.getInputProps('kind')}
          />
          <DateTimePicker
            label="Begins first"
            valueFormat="YYYY-MM-DD HH:mm"
            clearable
            clearButtonProps={{ 'aria-label': 'Clear when it begins' }}
            {...form.getInputProps('start')}
          />
          <Select
            label="Time zone"
            data={[...new Set([HERE, 'UTC', ...Intl.supportedValuesOf('timeZone')])]}
            searchable
            allowDeselect={false}
            limit={50}
            {...form.getInputProps('timezone')}
          />
          <Group grow>
            <NumberInput label="Lasts (hours)" min={0.1} max={8760} {...form.getInputProps('hours')} />
            <Select label="Repeats" data={REPEATS} allowDeselect={false} {...form.getInputProps('repeats')} />
          </Group>
          <Textarea label="Reason" autosize minRows={2} maxLength={1000} {...form.getInputProps('reason')} />
          {setting.error && <Problem error={setting.error} what="The window was not set" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={setting.isPending}>
              Set the window
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
