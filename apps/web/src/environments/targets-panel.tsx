import { IconPlug } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { EnvironmentView } from '../api/client';
import { targetsQuery } from '../api/queries';
import { ToneMark } from '../display/marks';
import { Empty, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { TargetReport } from './target-report';

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The deployment endpoints of an environment and how they are reached; never a credential. */
export function TargetsPanel({ project, environment }: { project: string; environment: EnvironmentView }) {
  const { data, error, refetch } = useQuery(targetsQuery(project));
  const targets = data?.filter(({ environment_id: id }) => id === environment.environment_id);
  return (
    <Panel title="Targets" flush>
      {error && !data ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : !targets ? (
        <Rows count={2} />
      ) : targets.length === 0 ? (
        <Empty icon={IconPlug} title="No target yet">
          A target is one endpoint to deploy to: processes on this machine, a Docker host, a cluster.
        </Empty>
      ) : (
        <ul className="rows">
          {targets.map((target) => (
            <li key={target.target_id}>
              <div className="row-head">
                <b>{target.name}</b> <ToneMark tone="neutral">{target.runtime_type}</ToneMark>
                <span className="quiet">
                  changed <Moment at={target.updated_at} relative />
                </span>
              </div>
              <dl className="facts">
                {Object.entries(target.connection ?? {}).map(([key, value]) => (
                  <div key={key} style={{ display: 'contents' }}>
                    <dt>{key.replaceAll('_', ' ')}</dt>
                    <dd>{shown(value)}</dd>
                  </div>
                ))}
              </dl>
              <TargetReport target={target} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
