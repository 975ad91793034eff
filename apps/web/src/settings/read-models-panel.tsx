import { Text } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, type Schemas } from '../api/client';
import { Panel } from '../display/page';
import { SimpleTable } from './simple-table';

type ReadModel = Schemas['ProjectionStatus'];

/** How far the platform's read models are. */
export function ReadModelsPanel() {
  const query = useQuery({
    queryKey: ['projections'],
    queryFn: async () => (await api.GET('/api/v1/platform/projections', {})).data!.items,
    refetchInterval: 5_000,
  });
  return (
    <Panel title="Read models" flush>
      <SimpleTable<ReadModel>
        query={query}
        label="Read models"
        columns={['Name', 'Service', 'State', 'Behind']}
        rowKey={({ service, name }) => `${service}${name}`}
        cells={({ service, name, state, lag }) => [
          <b key="name">{name}</b>,
          service,
          state,
          <span key="lag" className="numbers">
            {lag}
          </span>,
          null,
        ]}
        empty={{ icon: IconDatabase, title: 'No read model', says: 'Services tell of theirs once they follow the log.' }}
      />
      <Text size="xs" c="var(--quiet)" p="sm">
        Rebuilt from the log while they serve: slipway projections rebuild &lt;service&gt;/&lt;name&gt;
      </Text>
    </Panel>
  );
}
