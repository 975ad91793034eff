import { IconHourglass } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReleaseView, TimelineEntry } from '../api/client';
import { lockQuery } from '../api/queries';
import { Notice } from '../display/notice';
import { Lasting, Moment } from '../display/times';
import { closedGate } from './waiting';

interface WaitNoticeProps {
  release: ReleaseView;
  entries: readonly TimelineEntry[];
}

/** Why what may run has not begun: the environment is closed, or another release has it. */
export function WaitNotice({ release, entries }: WaitNoticeProps) {
  const queued = release.status === 'approved' || release.rollback?.status === 'requested';
  const { data: lock } = useQuery({ ...lockQuery(release.environment_id), enabled: queued });
  if (!queued) return null;
  const gate = closedGate(entries);
  if (gate)
    return (
      <Notice
        role="note"
        icon={IconHourglass}
        title={gate.code === 'frozen' ? `${release.environment_name} is frozen` : `The line to ${release.environment_name} is stopped`}
      >
        {gate.why}. It begins by itself {gate.nextOpen === null ? 'as soon as somebody opens it again' : <Opening at={gate.nextOpen} />}.{' '}
        <Link to="/environments" search={{ environment: release.environment_name }}>
          Who closed it, and until when
        </Link>
      </Notice>
    );
  if (!lock?.held || lock.release_id === null || lock.release_id === release.release_id) return null;
  return (
    <Notice role="note" icon={IconHourglass} title="Waits for its turn">
      <Link to="/releases/$id" params={{ id: lock.release_id }}>
        Another release
      </Link>{' '}
      has {release.environment_name}
      {lock.acquired_at && (
        <>
          {' '}
          for <Lasting since={lock.acquired_at} />
        </>
      )}
      ; one at a time runs there.
    </Notice>
  );
}

const Opening = ({ at }: { at: string }) => (
  <>
    on <Moment at={at} />
  </>
);
