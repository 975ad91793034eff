import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { slotStatusQuery } from '../api/queries';
import { ToneMark } from '../display/marks';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';

/** What the target says about a slot now. */
export function SlotStatus({ id }: { id: string }) {
  const { data: status, error, refetch } = useQuery(slotStatusQuery(id));
  if (error && !status) return <Problem error={error} what="The target could not be asked" onRetry={() => void refetch()} />;
  if (!status) return <Rows count={2} />;
  return (
    <>
      <Table fz="xs" verticalSpacing={4} mt="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Replica</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Restarts</Table.Th>
            <Table.Th>Started</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {status.replicas.map((replica) => (
            <Table.Tr key={replica.name}>
              <Table.Td>{replica.name}</Table.Td>
              <Table.Td>
                <ToneMark tone={replica.ready ? 'ok' : 'wait'} plain>
                  {replica.state}
                  {replica.ready ? ', ready' : ', not ready'}
                </ToneMark>
              </Table.Td>
              <Table.Td className="numbers">{replica.restarts}</Table.Td>
              <Table.Td>{replica.started_at && <Moment at={replica.started_at} relative />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="var(--quiet)" mt={4}>
        {status.replicas.length === 0 && 'No replica runs. '}Read from the target <Moment at={status.observed_at} relative />.
      </Text>
    </>
  );
}
