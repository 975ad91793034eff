import { Button, Checkbox, Group, Input, SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Topic } from './notification-queries';

interface TopicsFieldProps {
  choices: readonly { topic: Topic; title: string }[];
  /** What is meant for whoever does not choose one by one. */
  usual: readonly Topic[];
  value: Topic[];
  onChange: (topics: Topic[]) => void;
  error?: ReactNode;
}

/** What is told: every topic with what it means. */
export const TopicsField = ({ choices, usual, value, onChange, error }: TopicsFieldProps) => (
  <Checkbox.Group value={value} onChange={(topics) => onChange(topics)} label="Told of" error={error}>
    <Input.Description mb={8} component="div">
      <Group gap={4} ml={-6}>
        <Button size="compact-xs" variant="subtle" onClick={() => onChange(choices.map(({ topic }) => topic))}>
          Everything
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={() => onChange([...usual])}>
          Only what needs somebody
        </Button>
      </Group>
    </Input.Description>
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing={8}>
      {choices.map(({ topic, title }) => (
        <Checkbox key={topic} size="xs" value={topic} label={title} />
      ))}
    </SimpleGrid>
  </Checkbox.Group>
);
