import { queryOptions } from '@tanstack/react-query';
import { api, type TicketView } from '../api/client';

/** Who may decide tickets in a place: actor ids. */
export const deciderQuery = ({ project_id: project, environment_id: environment }: Pick<TicketView, 'project_id' | 'environment_id'>) =>
  queryOptions({
    queryKey: ['access', 'deciders', project, environment],
    queryFn: async () => {
      const query = { project, environment, permission: 'deploy:approval:review' as const };
      const { data } = await api.GET('/api/v1/access/view', { params: { query } });
      return data!.items
        .filter(({ actor_type: type, status }) => type !== 'agent' && type !== 'service' && status === 'active')
        .map(({ subject }) => subject)
        .filter((subject) => !/^(group|team):/.test(subject));
    },
  });
