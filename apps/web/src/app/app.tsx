import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { queryClient } from '../api/query-client';
import { useSession } from '../session/session';
import { cspNonce } from './csp-nonce';
import { router } from './router';
import { theme } from './theme';

export function App() {
  const session = useSession();
  const actor = session?.actor_id;
  const before = useRef(actor);
  useEffect(() => {
    if (before.current === actor) return;
    before.current = actor;
    queryClient.clear();
    void router.invalidate();
  }, [actor]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={cspNonce}>
      <QueryClientProvider client={queryClient}>
        <ModalsProvider>
          <Notifications position="top-right" autoClose={7000} />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
