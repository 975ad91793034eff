import { IconArrowBackUp, IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReleaseView, SlotView } from '../api/client';
import { InGroup, markOf, StatusMark, ToneMark } from '../display/marks';
import { Moment } from '../display/times';
import type { Place } from './board';
import { SlotState } from './slot-state';

interface BoardPlaceProps {
  place: Place;
  /** Name of the environment. */
  environment: string;
  /** There are several places in the cell: each says its target. */
  named: boolean;
}

/** What runs in one place, in which state, and what is on its way there. */
export function BoardPlace({ place: { target, slot, inFlight, rollbackAsked }, environment, named }: BoardPlaceProps) {
  return (
    <div className="board-place">
      {slot?.release_id ? (
        <Running slot={slot} environment={environment} target={named ? target?.name : undefined} />
      ) : (
        <span className="board-none">nothing runs yet{named && ` · ${target?.name}`}</span>
      )}
      {rollbackAsked && (
        <Link to="/releases/$id" params={{ id: slot!.release_id! }} className="board-flight" data-tone="wait">
          <ToneMark tone="wait" icon={IconArrowBackUp} plain>
            Rollback waits for approval
          </ToneMark>
        </Link>
      )}
      {inFlight.map((release) => (
        <InFlight key={release.release_id} release={release} />
      ))}
    </div>
  );
}

const Running = ({ slot, environment, target }: { slot: SlotView; environment: string; target: string | undefined }) => (
  <div>
    <div className="board-version">
      <span className="board-state" data-tone={slot.drift === 'drifted' ? 'bad' : slot.hold ? 'wait' : 'ok'} aria-hidden />
      <Link to="/releases/$id" params={{ id: slot.release_id! }} className="quiet-link numbers">
        {slot.artifact_version}
      </Link>
      {slot.url && (
        <a
          href={slot.url}
          target="_blank"
          rel="noreferrer"
          aria-label={`Open ${slot.service_name} at ${slot.url}`}
          title={slot.url}
          className="board-open"
        >
          <IconExternalLink size={13} aria-hidden />
        </a>
      )}
    </div>
    <div className="board-since">
      {slot.deployed_at && <Moment at={slot.deployed_at} relative />}
      {target && <> · {target}</>}
    </div>
    <SlotState slot={slot} environment={environment} />
  </div>
);

const InFlight = ({ release }: { release: ReleaseView }) => (
  <Link to="/releases/$id" params={{ id: release.release_id }} className="board-flight" data-tone={markOf(release).tone}>
    <span className="numbers">{release.artifact_version}</span>
    {release.group_id && <InGroup />} <StatusMark release={release} plain />
  </Link>
);
