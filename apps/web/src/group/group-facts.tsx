import { Link } from '@tanstack/react-router';
import type { GroupView } from '../api/client';
import { Copyable } from '../display/copyable';
import { shortDigest } from '../display/format';
import { Actor, RiskMark } from '../display/marks';
import { Panel } from '../display/page';
import { Countdown, Moment } from '../display/times';

export const GroupFacts = ({ group }: { group: GroupView }) => (
  <Panel title="Group">
    <dl className="facts">
      <dt>Place</dt>
      <dd>
        <Link to="/environments" search={{ environment: group.environment_name }} className="quiet-link">
          {group.environment_name}
        </Link>
      </dd>
      <dt>Risk</dt>
      <dd>
        <RiskMark risk={group.risk} plain />
      </dd>
      <dt>Asked by</dt>
      <dd>
        <Actor id={group.requested_by} type={group.requested_by_type} />
      </dd>
      {group.approved_by.length > 0 && (
        <>
          <dt>Approved by</dt>
          <dd>{group.approved_by.join(', ')}</dd>
        </>
      )}
      {group.reason && (
        <>
          <dt>Why</dt>
          <dd>{group.reason}</dd>
        </>
      )}
      <dt>Previewed</dt>
      <dd>
        <Moment at={group.previewed_at} />
      </dd>
      {group.status === 'previewed' && group.expires_at && (
        <>
          <dt>Expires</dt>
          <dd>
            <Countdown to={group.expires_at} what="in" over="expired" />
          </dd>
        </>
      )}
      {group.ended_at && (
        <>
          <dt>Ended</dt>
          <dd>
            <Moment at={group.ended_at} />
          </dd>
        </>
      )}
      <dt>Id</dt>
      <dd>
        <Copyable value={group.group_id} label="group id" />
      </dd>
      <dt>Preview</dt>
      <dd>
        <Copyable value={group.preview_ref} label="preview reference" shown={shortDigest(group.preview_ref)} />
      </dd>
    </dl>
  </Panel>
);
