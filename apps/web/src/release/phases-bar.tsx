import { Group, Stack } from '@mantine/core';
import { useByNow } from '../display/clock';
import { duration } from '../display/format';
import { spent, type Phase } from './phases';

const length = ({ from, to }: Phase, now: number): number => Math.max(0, (to === null ? now : Date.parse(to)) - Date.parse(from));

/** Where the time went: waiting for people and turns apart from working. */
export function PhasesBar({ phases }: { phases: readonly Phase[] }) {
  const lasts = phases.at(-1)?.to === null;
  const now = useByNow((time) => (lasts ? time : 0));
  return (
    <Stack gap={6}>
      <div className="phases" aria-hidden>
        {phases.map((phase) => (
          <span
            key={`${phase.name}${phase.from}`}
            data-kind={phase.kind}
            style={{ flexGrow: Math.max(1, Math.sqrt(length(phase, now))) }}
            title={`${phase.name}: ${duration(length(phase, now))}`}
          />
        ))}
      </div>
      <Group gap="md">
        <span className="phases-key" data-kind="working">
          working {duration(spent(phases, 'working', now))}
        </span>
        <span className="phases-key" data-kind="waiting">
          waiting {duration(spent(phases, 'waiting', now))}
        </span>
        <span className="phases-list">{phases.map((phase) => `${phase.name} ${duration(length(phase, now))}`).join(' · ')}</span>
      </Group>
    </Stack>
  );
}
