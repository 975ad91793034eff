import { Autocomplete, MultiSelect, Select, SimpleGrid, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { rolesQuery } from '../settings/access-queries';
import { ACTORS } from './automatic-section';
import { DurationField } from './duration-field';
import type { Policy } from './policy-words';
import { PRIORITIES } from './risk-section';
import { Section, type SectionProps } from './section';

/** What a member of seconds needs, at its field. */
export const secondsProps = (form: SectionProps['form'], member: keyof Policy & `${string}_s`) => ({
  value: form.values[member],
  onChange: (seconds: number | null) => form.setFieldValue(member, seconds),
  error: form.errors[member],
});

/** How long previews and tickets hold, and when people are reminded. */
export function TimesSection({ form }: SectionProps) {
  const { data: roles = [] } = useQuery(rolesQuery);
  return (
    <Section title="Times" lead="How long a preview and a ticket hold, and when people are reminded.">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="sm">
        <DurationField label="Preview holds" {...secondsProps(form, 'preview_ttl_s')} />
        <DurationField label="Ticket holds" none="no limit" {...secondsProps(form, 'ticket_ttl_s')} />
        <DurationField label="To be decided within (SLA)" none="no limit" {...secondsProps(form, 'sla_s')} />
        <DurationField label="Remind before it expires" none="not at all" {...secondsProps(form, 'reminder_before_s')} />
        <Select label="Priority of tickets" data={[...PRIORITIES]} allowDeselect={false} {...form.getInputProps('priority')} />
        <Autocomplete
          label="Escalate to the role"
          placeholder="those who may decide"
          data={roles.map(({ name }) => name)}
          spellCheck={false}
          {...form.getInputProps('escalate_to_role')}
          value={form.values.escalate_to_role ?? ''}
        />
      </SimpleGrid>
    </Section>
  );
}

/** Who goes back without being asked, and how fast. */
export function RollbackSection({ form }: SectionProps) {
  return (
    <Section title="Rollback" lead="Going back must be fast: whoever needs no ticket for it is named here.">
      <Switch
        label="A release that fails its verification is rolled back by itself"
        {...form.getInputProps('automatic_rollback', { type: 'checkbox' })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <MultiSelect
          label="Without a ticket, when asked for by"
          placeholder={form.values.rollback_without_ticket.length === 0 ? 'nobody' : undefined}
          data={ACTORS}
          {...form.getInputProps('rollback_without_ticket')}
        />
        <DurationField label="A rollback takes at most" {...secondsProps(form, 'rollback_time_bound_s')} />
      </SimpleGrid>
    </Section>
  );
}
