import { Autocomplete, Checkbox, NumberInput, Select, SimpleGrid, Switch, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MEANS, PERMISSIONS } from '../settings/permissions';
import { rolesQuery } from '../settings/access-queries';
import { deciderQuery } from '../ticket/people-query';
import { ACTS } from './acts';
import { Section, type SectionProps } from './section';

/** What needs a ticket, and whose approval. */
export function ApprovalSection({ form, environment }: SectionProps) {
  const { data: roles = [] } = useQuery(rolesQuery);
  const { data: deciders = [] } = useQuery(deciderQuery(environment));
  const names = roles.map(({ name }) => name);
  return (
    <Section title="Approval" lead="What needs a ticket in the inbox, and who decides it.">
      <Checkbox.Group label="Needs approval" {...form.getInputProps('approval_for')}>
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="md" verticalSpacing={8} mt={6}>
          {ACTS.map(({ value, label }) => (
            <Checkbox key={value} size="xs" value={value} label={label} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md" verticalSpacing="sm">
        <NumberInput label="Approvals" description="The N of “N of M”" min={1} max={20} {...form.getInputProps('quorum')} />
        <Select
          label="With permission"
          description="Whoever has it may decide"
          data={PERMISSIONS.map((value) => ({ value, label: value }))}
          renderOption={({ option }) => (
            <span>
              <code>{option.value}</code> <span className="quiet">{MEANS[option.value as keyof typeof MEANS]}</span>
            </span>
          )}
          allowDeselect={false}
          {...form.getInputProps('required_permission')}
        />
        <Autocomplete
          label="In the role"
          description="Left empty: any"
          data={names}
          spellCheck={false}
          {...form.getInputProps('required_role')}
          value={form.values.required_role ?? ''}
        />
      </SimpleGrid>
      <TagsInput
        label="Only by"
        description="The M of “N of M”: only these people decide. Left empty: whoever has the permission and the role"
        placeholder={form.values.approvers.length === 0 ? 'Actor ids; enter adds one' : undefined}
        data={deciders}
        acceptValueOnBlur
        {...form.getInputProps('approvers')}
      />
      <Switch label="Four eyes: who asks never approves" {...form.getInputProps('four_eyes', { type: 'checkbox' })} />
    </Section>
  );
}
