import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client';
import { MOST } from '../api/queries';

/** What was asked in a project lately, newest first. */
export const intentsQuery = (project: string) =>
  queryOptions({
    queryKey: ['intents', project],
    queryFn: async () => (await api.GET('/api/v1/ai/intents', { params: { query: { project, limit: 100 } } })).data!.items,
  });

/** The turns of one conversation, oldest first; of a very long one, the latest. */
export const conversationQuery = (project: string, conversation: string) =>
  queryOptions({
    queryKey: ['intents', project, conversation],
    queryFn: async () =>
      (await api.GET('/api/v1/ai/intents', { params: { query: { project, conversation, limit: MOST } } })).data!.items.toReversed(),
  });
