import '../release/lifecycle.css';
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { GroupView } from '../api/client';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { DiagnosticsPanel } from '../release/diagnostics-panel';
import { TimelinePanel } from '../release/timeline-panel';
import { TicketPanel } from '../ticket/ticket-panel';
import { GroupFacts } from './group-facts';
import { GroupRollback } from './group-rollback';
import { groupTimelineQuery } from './group-queries';
import { whoseOf } from './group-text';
import { MembersPanel } from './members-panel';

/** Where a group is and how it got there: members, one timeline, one ticket. */
export function GroupFollow({ group }: { group: GroupView }) {
  const { data: entries, error, refetch } = useQuery(groupTimelineQuery(group.group_id));
  return (
    <div className="release-grid">
      <Stack gap="md" miw={0} className="release-main">
        <MembersPanel group={group} entries={entries ?? []} />
        {error && !entries ? (
          <Problem error={error} what="The timeline could not be read" onRetry={() => void refetch()} />
        ) : entries ? (
          <TimelinePanel entries={entries} whose={whoseOf(group, entries)} />
        ) : (
          <Rows count={6} />
        )}
      </Stack>
      <Stack gap="md" miw={0} className="release-first">
        <DiagnosticsPanel release={group} />
        {group.approval_ticket && <TicketPanel id={group.approval_ticket} />}
        {group.rollback && <GroupRollback rollback={group.rollback} />}
      </Stack>
      <div className="release-facts">
        <GroupFacts group={group} />
      </div>
    </div>
  );
}
