import { Checkbox, MultiSelect, Select, SimpleGrid, Stack, Switch } from '@mantine/core';
import { RISKS } from './risk-section';
import { Section, type SectionProps } from './section';

export const STRATEGIES = ['rolling', 'blue-green', 'canary'];
export const ACTORS = [
  { value: 'human', label: 'people' },
  { value: 'agent', label: 'agents' },
  { value: 'service', label: 'services' },
];
const FRESH = { max_risk: 'low', strategies: ['rolling'], actor_types: ['human'], allow_warnings: false, allow_one_way: false } as const;

/** What goes through without a ticket although applying needs one. */
export function AutomaticSection({ form }: SectionProps) {
  const automatic = form.values.automatic_approval;
  return (
    <Section title="Approved in advance" lead="A release for which all of this holds needs no ticket, although applying needs one.">
      <Switch
        label="Some releases are approved in advance"
        checked={automatic !== null}
        onChange={({ currentTarget: { checked } }) =>
          form.setFieldValue(
            'automatic_approval',
            checked ? { ...FRESH, strategies: [...FRESH.strategies], actor_types: [...FRESH.actor_types] } : null,
          )
        }
        error={form.errors['automatic_approval']}
      />
      {automatic && (
        <Stack gap="sm" pl="md">
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
            <Select label="Risk at most" data={[...RISKS]} allowDeselect={false} {...form.getInputProps('automatic_approval.max_risk')} />
            <MultiSelect label="Strategies" data={STRATEGIES} {...form.getInputProps('automatic_approval.strategies')} />
            <MultiSelect label="Asked for by" data={ACTORS} {...form.getInputProps('automatic_approval.actor_types')} />
          </SimpleGrid>
          <Checkbox
            size="xs"
            label="Checks that warn do not stand in the way"
            {...form.getInputProps('automatic_approval.allow_warnings', { type: 'checkbox' })}
          />
          <Checkbox
            size="xs"
            label="Steps that a rollback cannot undo do not stand in the way"
            {...form.getInputProps('automatic_approval.allow_one_way', { type: 'checkbox' })}
          />
        </Stack>
      )}
    </Section>
  );
}
