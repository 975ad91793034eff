import type { Schemas } from '@slipway/api-client';
import type { Context } from '../context';
import type { ExitCode } from '../exit-codes';
import { follow } from '../watch/follow';
import { showEntry } from '../watch/show-entry';
import { watch, type WatchOptions } from '../watch/watch';
import type { GroupView } from './describe-group';

/** Shows the timeline of a group and its members as it comes, until the group has ended; returns the exit code for its end. */
export const watchGroup = (context: Context, id: string, options: WatchOptions = {}): Promise<{ view: GroupView; code: ExitCode }> =>
  watch(
    context,
    {
      again: `slipway group watch ${id}${options.rollback ? ' --rollback' : ''}`,
      read: () => readGroup(context, id),
      show: (signal, happened) =>
        follow<Schemas['TimelineEntry']>(
          context,
          'timeline',
          `/api/v1/deploy/groups/${encodeURIComponent(id)}/timeline`,
          signal,
          (entry) => {
            showEntry(context, entry);
            happened();
          },
        ),
    },
    options,
  );

export async function readGroup(context: Context, id: string): Promise<GroupView> {
  const params = { path: { id }, query: { project: context.namedProject } };
  return (await context.client.GET('/api/v1/deploy/groups/{id}', { params })).data!;
}
