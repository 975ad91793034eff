import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReleaseView } from '../api/client';
import { Copyable } from '../display/copyable';
import { duration, shortDigest } from '../display/format';
import { Actor, RiskMark } from '../display/marks';
import { Panel } from '../display/page';
import { Countdown, Moment } from '../display/times';

export function ReleaseFacts({ release }: { release: ReleaseView }) {
  return (
    <Panel title="Release">
      <dl className="facts">
        <dt>Service</dt>
        <dd>
          <Link to="/releases" search={{ service: release.service_name }} className="quiet-link">
            {release.service_name}
          </Link>{' '}
          {release.artifact_version}
        </dd>
        <dt>Place</dt>
        <dd>
          <Link to="/environments" search={{ environment: release.environment_name }} className="quiet-link">
            {release.environment_name}
          </Link>{' '}
          / {release.target_name} <span className="quiet">({release.runtime_type})</span>
        </dd>
        {release.url && (
          <>
            <dt>Serves at</dt>
            <dd>
              <Anchor href={release.url} target="_blank" rel="noreferrer" size="sm">
                {release.url}
              </Anchor>
            </dd>
          </>
        )}
        <dt>Strategy</dt>
        <dd>{strategyText(release.strategy)}</dd>
        <dt>Risk</dt>
        <dd>
          <RiskMark risk={release.risk} plain />
        </dd>
        <dt>Asked by</dt>
        <dd>
          <Actor id={release.requested_by} type={release.requested_by_type} />
        </dd>
        {release.approved_by.length > 0 && (
          <>
            <dt>Approved by</dt>
            <dd>{release.approved_by.join(', ')}</dd>
          </>
        )}
        {release.reason && (
          <>
            <dt>Why</dt>
            <dd>{release.reason}</dd>
          </>
        )}
        {release.group_id && (
          <>
            <dt>Together</dt>
            <dd>
              <Link to="/groups/$id" params={{ id: release.group_id }} className="quiet-link">
                in a group
              </Link>
              , which moves as one
            </dd>
          </>
        )}
        <dt>Previewed</dt>
        <dd>
          <Moment at={release.previewed_at} />
        </dd>
        {release.status === 'previewed' && release.expires_at && (
          <>
            <dt>Expires</dt>
            <dd>
              <Countdown to={release.expires_at} what="in" over="expired" />
            </dd>
          </>
        )}
        {release.ended_at && (
          <>
            <dt>Ended</dt>
            <dd>
              <Moment at={release.ended_at} />
            </dd>
          </>
        )}
        <dt>Id</dt>
        <dd>
          <Copyable value={release.release_id} label="release id" />
        </dd>
        <dt>Artifact</dt>
        <dd>
          {release.service_name} {release.artifact_version} <span className="quiet">=</span>{' '}
          <Copyable value={release.artifact_digest} label="artifact digest" shown={shortDigest(release.artifact_digest)} />
        </dd>
        <dt>Preview</dt>
        <dd>
          <Copyable value={release.preview_ref} label="preview reference" shown={shortDigest(release.preview_ref)} />
        </dd>
      </dl>
    </Panel>
  );
}

/** A strategy in a line. */
export function strategyText(strategy: ReleaseView['strategy']): string {
  switch (strategy.type) {
    case 'rolling':
      return `Rolling, ${strategy.batch_size ?? 1} at a time`;
    case 'blue-green':
      return `Blue-green, the old version kept ${duration(strategy.keep_previous_ms ?? 0)}`;
    case 'canary':
      return `Canary: ${(strategy.steps ?? []).map(({ percent }) => `${percent} %`).join(', ')}`;
  }
}
