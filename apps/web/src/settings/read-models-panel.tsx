import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';

/** How far the platform's read models are. */
export function ReadModelsPanel() {
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
