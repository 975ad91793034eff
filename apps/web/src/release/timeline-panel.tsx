import { Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import type { TimelineEntry } from '../api/client';
import type { Tone } from '../display/lifecycle';
import { Actor } from '../display/marks';
import { Panel } from '../display/page';
import { moment } from '../display/format';
import { phasesOf } from './phases';
import { PhasesBar } from './phases-bar';

const TONES: readonly [RegExp, Tone][] = [
  [/failed|rejected|expired|drifted/, 'bad'],
  [/rollback|rolling|restored/, 'undo'],
  [/pending|opened|paused|held/, 'wait'],
  [/approved|applied|succeeded|deployed|completed|healed/, 'ok'],
  [/applying|verifying|started|claimed|resumed/, 'run'],
];
const toneOf = (action: string): Tone => TONES.find(([expression]) => expression.test(action))?.[1] ?? 'neutral';
/** What the executor does in detail; the release's own events say the same in short. */
const isMinor = (entry: TimelineEntry): boolean => entry.resource_type === 'execution';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

interface TimelinePanelProps {
  entries: readonly TimelineEntry[];
  /** Where several travel together: which of them an entry is about. */
  whose?: (entry: TimelineEntry) => string | undefined;
}

/** Everything that happened, in order, with who did it; the zone of the times stands on each. */
export function TimelinePanel({ entries, whose }: TimelinePanelProps) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? entries : entries.filter((entry) => !isMinor(entry));
  return (
    <Panel
      title="Timeline"
      flush
      aside={<Switch size="xs" label="Every step" checked={whole} onChange={(event) => setWhole(event.currentTarget.checked)} />}
    >
      <Stack p="md" pb="sm">
        <PhasesBar phases={phasesOf(entries)} />
      </Stack>
      <ol className="timeline">
        {shown.map((entry) => (
          <li key={entry.position} data-minor={isMinor(entry) || undefined} data-tone={toneOf(entry.action)}>
            <time dateTime={entry.occurred_at} title={moment(entry.occurred_at)} className="numbers">
              {clock.format(new Date(entry.occurred_at))}
            </time>
            <span className="timeline-dot" aria-hidden />
            <span title={entry.action}>
              {whose?.(entry) && <b>{whose(entry)}: </b>}
              {entry.summary}
            </span>
            <span className="timeline-actor">
              <Actor id={entry.actor_id} type={entry.actor_type} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
