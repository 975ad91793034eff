import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, type EnvironmentView } from '../api/client';
import { words } from '../display/format';
import { Actor } from '../display/marks';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { policyVersions } from './policy-versions';

/** What the policy was before, who changed it, and why. */
export function PolicyHistory({ environment }: { environment: EnvironmentView }) {
  const { environment_id: resource, project_id: project } = environment;
  const { data, error, refetch } = useQuery({
    queryKey: ['environment', resource, 'policy-versions'],
    queryFn: async () => (await api.GET('/api/v1/audit/events', { params: { query: { project, resource, limit: 200 } } })).data!.items,
  });
  if (error && !data) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Rows count={2} />;
  return (
    <ol className="policy-versions" aria-label="Versions of the policy">
      {policyVersions(data).map(({ version, at, by, byType, reason, changes }) => (
        <li key={version}>
          <b>Version {version}</b>{' '}
          <span className="quiet">
            <Actor id={by} type={byType} />, <Moment at={at} />
          </span>
          {reason && <Text size="sm">{reason}</Text>}
          <ul>
            {changes.map(({ member, before, after }) => (
              <li key={member}>
                {words(member)}: <del>{before}</del> <ins>{after}</ins>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
