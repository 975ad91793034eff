import { Checkbox, Group, MultiSelect, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { environmentsQuery } from '../api/queries';
import { STRATEGIES } from './automatic-section';
import { DurationField } from './duration-field';
import { Section, type SectionProps } from './section';

/** How things may run here, and what must have run elsewhere before. */
export function RunningSection({ form, environment }: SectionProps) {
  const { data: environments = [] } = useQuery(environmentsQuery(environment.project_id));
  const others = environments.filter(({ environment_id: id }) => id !== environment.environment_id);
  const { promotion } = form.values;
  return (
    <Section title="What may run here">
      <Checkbox.Group label="Strategies" {...form.getInputProps('allowed_strategies')}>
        <Group gap="lg" mt={6}>
          {STRATEGIES.map((strategy) => (
            <Checkbox key={strategy} size="xs" value={strategy} label={strategy} />
          ))}
        </Group>
      </Checkbox.Group>
      <Switch
        label="Only what has run elsewhere before, unchanged"
        checked={promotion !== null}
        onChange={({ currentTarget: { checked } }) => form.setFieldValue('promotion', checked ? { after: [], soak_s: 3_600 } : null)}
        error={form.errors['promotion']}
      />
      {promotion && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" pl="md">
          <MultiSelect
            label="It ran in each of"
            data={others.map(({ name, title }) => ({ value: name, label: title }))}
            {...form.getInputProps('promotion.after')}
          />
          <DurationField
            label="Without failing for"
            value={promotion.soak_s}
            onChange={(seconds) => form.setFieldValue('promotion', { ...promotion, soak_s: seconds ?? 0 })}
          />
        </SimpleGrid>
      )}
      <Switch label="Only artifacts of a recorded change" {...form.getInputProps('change_required', { type: 'checkbox' })} />
    </Section>
  );
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** When people are around; outside of it a change is riskier. */
export function HoursSection({ form }: SectionProps) {
  const hours = form.values.working_hours;
  const fresh = { timezone: HERE, days: DAYS.slice(0, 5), from: '09:00', to: '17:00' };
  return (
    <Section title="Working hours" lead="When people are around to see what a change does. Outside of it a change counts as riskier.">
      <Switch
        label="There are working hours"
        checked={hours !== null}
        onChange={({ currentTarget: { checked } }) => form.setFieldValue('working_hours', checked ? fresh : null)}
        error={form.errors['working_hours']}
      />
      {hours && (
        <Stack gap="sm" pl="md">
          <Checkbox.Group label="Days" {...form.getInputProps('working_hours.days')}>
            <Group gap="md" mt={6}>
              {DAYS.map((day) => (
                <Checkbox key={day} size="xs" value={day} label={day.replace(/.$/, (letter) => letter.toLowerCase())} />
              ))}
            </Group>
          </Checkbox.Group>
          <Group align="flex-start" gap="md">
            <TextInput type="time" label="From" w={110} {...form.getInputProps('working_hours.from')} />
            <TextInput type="time" label="To" w={110} {...form.getInputProps('working_hours.to')} />
            <Select
              label="Time zone"
              data={[...new Set([HERE, hours.timezone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]}
              searchable
              allowDeselect={false}
              limit={50}
              style={{ flex: 1 }}
              miw={180}
              {...form.getInputProps('working_hours.timezone')}
            />
          </Group>
        </Stack>
      )}
    </Section>
  );
}
