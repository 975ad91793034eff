import { Stack, Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { TimelineEntry } from '../api/client';
import { duration, moment } from '../display/format';
import type { Tone } from '../display/lifecycle';
import { Actor } from '../display/marks';
import { Panel } from '../display/page';
import { phasesOf } from './phases';
import { PhasesBar } from './phases-bar';
import { isMinor, rowsOf, type TimelineRow } from './timeline-rows';
import './timeline.css';

const TONES: readonly [RegExp, Tone][] = [
  [/failed|rejected|expired|drifted/, 'bad'],
  [/rollback|rolling|restored/, 'undo'],
  [/pending|opened|paused|held|waiting/, 'wait'],
  [/approved|applied|succeeded|deployed|completed|healed/, 'ok'],
  [/applying|verifying|started|claimed|resumed/, 'run'],
];
const toneOf = (action: string): Tone => TONES.find(([expression]) => expression.test(action))?.[1] ?? 'neutral';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

interface TimelinePanelProps {
  entries: readonly TimelineEntry[];
  /** Where several travel together: which of them an entry is about. */
  whose?: (entry: TimelineEntry) => string | undefined;
}

/** Everything that happened, in order, with who did it and how much later it was; over the times stands their day, with its zone. */
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
      <ol className="timeline" aria-label="Timeline">
        {rowsOf(shown).map((row) => (
          <Fragment key={row.entry.position}>
            {row.day && <li className="timeline-day">{row.day}</li>}
            <Row row={row} whose={whose?.(row.entry)} />
          </Fragment>
        ))}
      </ol>
    </Panel>
  );
}

const Row = ({ row: { entry, afterMs }, whose }: { row: TimelineRow; whose: string | undefined }) => (
  <li data-minor={isMinor(entry) || undefined} data-tone={toneOf(entry.action)}>
    <span className="timeline-time numbers">
      <time dateTime={entry.occurred_at} title={moment(entry.occurred_at)}>
        {clock.format(new Date(entry.occurred_at))}
      </time>
      {afterMs !== undefined && <span title="after the one before">+{duration(afterMs)}</span>}
    </span>
    <span className="timeline-dot" aria-hidden />
    <span title={entry.action}>
      {whose && <b>{whose}: </b>}
      <WithReleases text={entry.summary} />
    </span>
    <span className="timeline-actor">
      <Doer entry={entry} />
    </span>
  </li>
);

/** Who did it, for whom, and the conversation in which it was asked for. */
const Doer = ({
  entry: { actor_id: id, actor_type: type, on_behalf_of: whom, conversation_id: conversation },
}: {
  entry: TimelineEntry;
}) => (
  <>
    <Actor id={id} type={type} />
    {whom !== undefined && whom !== id && ` for ${whom}`}
    {conversation !== undefined && (
      <>
        {' · '}
        <Link to="/ask" search={{ conversation }} className="panel-link">
          asked for here
        </Link>
      </>
    )}
  </>
);

/** A line of the timeline in which releases that it names by id are links. */
const WithReleases = ({ text }: { text: string }) =>
  text.split(/(rel-[a-z0-9]{20,})/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <Link key={index} to="/releases/$id" params={{ id: part }} className="panel-link">
        {part}
      </Link>
    ),
  );
