import { SegmentedControl, Stack, Text } from '@mantine/core';

export const STRATEGIES = [
  { value: 'rolling', label: 'Rolling', says: 'Replaces replicas a few at a time.' },
  {
    value: 'blue-green',
    label: 'Blue-green',
    says: 'Starts the new version beside the old one, switches at once, keeps an instant way back.',
  },
  { value: 'canary', label: 'Canary', says: 'Gives a share of the traffic at a time and watches error rate and latency.' },
] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** How the new version takes the old one's place. */
export const StrategyField = ({ strategy, onChange }: { strategy: Strategy; onChange: (value: Strategy['value']) => void }) => (
  <Stack gap={6}>
    <Text size="sm" fw={500} id="strategy-label">
      Strategy
    </Text>
    <SegmentedControl
      aria-labelledby="strategy-label"
      data={STRATEGIES.map(({ value, label }) => ({ value, label }))}
      value={strategy.value}
      onChange={onChange}
      w="fit-content"
    />
    <Text size="xs" c="var(--quiet)">
      {strategy.says}
    </Text>
  </Stack>
);
