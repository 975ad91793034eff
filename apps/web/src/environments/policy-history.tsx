import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, type EnvironmentView } from '../api/client';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { ChangeList } from '../policy/change-list';

/** What the policy was before, who changed it, why, and who approved that. */
export function PolicyHistory({ environment }: { environment: EnvironmentView }) {
  const id = environment.environment_id;
  const { data, error, refetch } = useQuery({
    queryKey: ['environment', id, 'policy-versions'],
    queryFn: async () =>
      (await api.GET('/api/v1/environments/{id}/policy/versions', { params: { path: { id }, query: { limit: 50 } } })).data!.items,
  });
  if (error && !data) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Rows count={2} />;
  return (
    <ol className="policy-versions" aria-label="Versions of the policy">
      {data.map(({ version, changed_at: at, changed_by: by, approved_by: approved, reason, changes }) => (
        <li key={version}>
          <b>Version {version}</b>{' '}
          <span className="quiet">
            by {by}
            {approved.length > 0 && `, approved by ${approved.join(', ')}`}, <Moment at={at} />
          </span>
          {reason && <Text size="sm">{reason}</Text>}
          <ChangeList changes={changes} />
        </li>
      ))}
    </ol>
  );
}
