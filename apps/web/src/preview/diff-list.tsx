import './diff-list.css';
import { Code, Table, Text } from '@mantine/core';
import type { Schemas } from '../api/client';

const shown = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

/** The differences one by one: where there are too many for a whole picture. */
export function DiffList({ of: { diff, diff_truncated: cut } }: { of: Pick<Schemas['ApprovalPlan'], 'diff' | 'diff_truncated'> }) {
  return (
    <>
      <Table fz="xs" verticalSpacing={4} className="diff-list">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Where</Table.Th>
            <Table.Th>Now</Table.Th>
            <Table.Th>Then</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {diff.map(({ path, op, before, after }) => (
            <Table.Tr key={`${op}${path}`}>
              <Table.Td>
                <Code>{path}</Code>
              </Table.Td>
              <Table.Td>{shown(before)}</Table.Td>
              <Table.Td>{shown(after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {cut && (
        <Text size="xs" c="var(--quiet)" mt="xs">
          Only the first {diff.length} differences are listed.
        </Text>
      )}
    </>
  );
}
