import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { forgetSession } from '../session/session';
import { isSignedOut, isTransient } from './client';

const onError = (error: unknown): void => {
  if (isSignedOut(error)) forgetSession();
};

/** Events tell when something changed; the age limit only covers what no event is about. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => isTransient(error) && failures < 4,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
    },
  },
});
