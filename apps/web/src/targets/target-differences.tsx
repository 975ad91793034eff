import { Text } from '@mantine/core';
import { DifferenceList, type Difference } from '../display/difference-list';

/** What a change of a target makes different, and what follows from it. */
export function TargetDifferences({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) {
    return (
      <Text size="sm" c="var(--quiet)">
        Nothing is different yet.
      </Text>
    );
  }
  return (
    <div role="status">
      <DifferenceList differences={differences} label="What changes" />
      <Text size="xs" c="var(--quiet)" mt={8}>
        What was previewed for this target, and what waits for approval, must be previewed anew. What runs goes on running.
      </Text>
    </div>
  );
}
