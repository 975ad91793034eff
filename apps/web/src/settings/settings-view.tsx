import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import { Actor, ToneMark } from '../display/marks';
import { Page, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { useSession } from '../session/session';

export function SettingsView() {
  return (
    <Page title="Settings" lead="What you may do, and how the platform’s read models are.">
      <AccessPanel />
      <ReadModelsPanel />
    </Page>
  );
}

const MEANS: Readonly<Record<string, string>> = {
  'deploy:release:read': 'see releases, services and environments',
  'deploy:k8s:read': 'see what runs in clusters',
  'deploy:compose:read': 'see what runs on Docker hosts',
  'deploy:release:apply': 'preview and apply releases',
  'deploy:release:rollback': 'roll back, hold and resume',
  'deploy:release:approve': 'approve for production',
  'deploy:k8s:apply': 'apply to clusters',
  'deploy:k8s:rollback': 'roll back in clusters',
  'deploy:compose:apply': 'apply to Docker hosts',
  'deploy:compose:rollback': 'roll back on Docker hosts',
  'deploy:approval:read': 'see the inbox',
  'deploy:approval:review': 'decide tickets',
};

function AccessPanel() {
  const session = useSession();
  if (!session) return null;
  return (
    <Panel title="Your access">
      <dl className="facts">
        <dt>You are</dt>
        <dd>
          <Actor id={session.name} type={session.actor_type} />
        </dd>
        <dt>Signed in until</dt>
        <dd>
          <Moment at={session.expires_at} />
        </dd>
        {session.grants.map(({ projects, environments, permissions }, index) => (
          <div key={index} style={{ display: 'contents' }}>
            <dt>Grant {index + 1}</dt>
            <dd>
              {permissions.length} permissions in {projects.includes('*') ? 'every project' : projects.join(', ')},{' '}
              {environments.includes('*') ? 'every environment' : environments.join(', ')}
            </dd>
          </div>
        ))}
        {Object.entries(MEANS).map(([permission, means]) => (
          <div key={permission} style={{ display: 'contents' }}>
            <dt>
              <code>{permission}</code>
            </dt>
            <dd>
              <ToneMark tone={(session.permissions as readonly string[]).includes(permission) ? 'ok' : 'neutral'} plain>
                {(session.permissions as readonly string[]).includes(permission) ? 'yes' : 'no'}
              </ToneMark>{' '}
              <span className="quiet">{means}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function ReadModelsPanel() {
  const { data, error, refetch } = useQuery({
    queryKey: ['projections'],
    queryFn: async () => (await api.GET('/api/v1/platform/projections', {})).data!.items,
    refetchInterval: 5_000,
  });
  return (
    <Panel title="Read models" flush>
      {error && !data ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Rows count={8} />
      ) : (
        <>
          <Table fz="sm" verticalSpacing={5} horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Service</Table.Th>
                <Table.Th>Name</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th ta="right">Behind</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map(({ service, name, state, lag }) => (
                <Table.Tr key={`${service}${name}`}>
                  <Table.Td>{service}</Table.Td>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>{state}</Table.Td>
                  <Table.Td ta="right" className="numbers">
                    {lag}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Text size="xs" c="var(--quiet)" p="sm">
            Rebuilt from the log while they serve: slipway projections rebuild &lt;service&gt; &lt;name&gt;
          </Text>
        </>
      )}
    </Panel>
  );
}
