import type { Schemas } from '@slipway/api-client';
import type { Context } from '../context';
import type { ExitCode } from '../exit-codes';
import { follow } from '../watch/follow';
import { showEntry, showLog } from '../watch/show-entry';
import { watch, type WatchOptions } from '../watch/watch';
import type { ReleaseView } from './describe-release';

/** Shows a release's timeline and step logs as they come, until it has ended; returns the exit code for its end. */
export const watchRelease = (context: Context, id: string, options: WatchOptions = {}): Promise<{ view: ReleaseView; code: ExitCode }> =>
  watch(
    context,
    {
      again: `slipway release watch ${id}${options.rollback ? ' --rollback' : ''}`,
      read: () => readRelease(context, id),
      show: (signal, happened) =>
        Promise.all([
          follow<Schemas['TimelineEntry']>(
            context,
            'timeline',
            `/api/v1/deploy/releases/${encodeURIComponent(id)}/timeline`,
            signal,
            (entry) => {
              showEntry(context, entry);
              happened();
            },
          ),
          follow<Schemas['LogEntry']>(context, 'logs', `/api/v1/deploy/releases/${encodeURIComponent(id)}/logs`, signal, (entry) =>
            showLog(context, entry),
          ),
        ]),
    },
    options,
  );

export async function readRelease(context: Context, id: string): Promise<ReleaseView> {
  const query = { project: context.namedProject };
  const { data } = await context.client.GET('/api/v1/deploy/releases/{id}', { params: { path: { id }, query } });
  return data!;
}
