import { Button } from '@mantine/core';
import { IconPlug, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnvironmentView } from '../api/client';
import { targetsQuery } from '../api/queries';
import { words } from '../display/format';
import { ToneMark } from '../display/marks';
import { Empty, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { useMay } from '../session/session';
import { NewTarget } from '../targets/new-target';
import { TargetActs } from '../targets/target-acts';
import { TargetReport } from './target-report';

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The deployment endpoints of an environment and how they are reached; never a credential. */
export function TargetsPanel({ project, environment }: { project: string; environment: EnvironmentView }) {
  const { data, error, refetch } = useQuery(targetsQuery(project));
  const targets = data?.filter(({ environment_id: id }) => id === environment.environment_id);
  const [creating, setCreating] = useState(false);
  const place = { project: environment.project_id, environment: environment.environment_id };
  const mayChange = [useMay('deploy:release:apply', place), useMay('deploy:release:approve', place)].every(Boolean);
  const newTarget = mayChange && (
    <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setCreating(true)}>
      New target
    </Button>
  );
  return (
    <Panel title="Targets" flush aside={newTarget}>
      {creating && <NewTarget environment={environment} onClose={() => setCreating(false)} />}
      {error && !data ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : !targets ? (
        <Rows count={2} />
      ) : targets.length === 0 ? (
        <Empty icon={IconPlug} title="No target yet">
          A target is one endpoint to deploy to: processes on this machine, a Docker host, a cluster.{' '}
          {!mayChange && 'Who administers this environment can create one.'}
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
                {mayChange && <TargetActs target={target} environment={environment} />}
              </div>
              <dl className="facts">
                {Object.entries(target.connection ?? {}).map(([key, value]) => (
                  <div key={key} style={{ display: 'contents' }}>
                    <dt>{key.replaceAll('_', ' ')}</dt>
                    <dd>{shown(value)}</dd>
                  </div>
                ))}
                {target.credential && (
                  <>
                    <dt>credential</dt>
                    <dd>
                      {words(target.credential.kind)}, version {target.credential.version}, since{' '}
                      <Moment at={target.credential.stored_at} />
                    </dd>
                  </>
                )}
              </dl>
              <TargetReport target={target} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
