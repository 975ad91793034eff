import { Button } from '@mantine/core';
import { IconPlug, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnvironmentView } from '../api/client';
import { targetsQuery } from '../api/queries';
import { ToneMark } from '../display/marks';
import { Empty, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { useMay } from '../session/session';
import { NewTarget } from '../targets/new-target';
import { TargetActs } from '../targets/target-acts';
import { TargetFacts } from './target-facts';
import { TargetReport } from './target-report';

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
              <TargetFacts target={target} />
              <TargetReport target={target} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
