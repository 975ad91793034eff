import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';

/** An act on notifications: says that it is done, and asks again for all that it made old. */
export function useNoticeAct<In, Out>(
  act: (input: In) => Promise<Out>,
  done: (out: Out, input: In) => string | undefined,
  onDone?: (out: Out) => void,
): UseMutationResult<Out, Error, In> {
  const queries = useQueryClient();
  return useMutation<Out, Error, In>({
    mutationFn: act,
    onSuccess: async (out, input) => {
      await queries.invalidateQueries({ queryKey: ['notifications'] });
      const message = done(out, input);
      if (message) notifications.show({ message });
      onDone?.(out);
    },
  });
}
