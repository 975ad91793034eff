import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action } from '../command';
import type { Context } from '../context';
import { list, paged, pages, type ListOptions, type PageQuery } from '../output/lists';
import { showEntry, showLog } from '../watch/show-entry';
import { describePreview } from './describe-preview';
import { describeRelease, RELEASE_HEADING, releaseRow } from './describe-release';
import { readRelease, watchRelease } from './watch-release';

/** Lines of a log asked for at a time. */
const LOG_PAGE = 2_000;

interface ReleaseListOptions extends ListOptions {
  readonly service?: string;
  readonly environment?: string;
  readonly status?: Schemas['ReleaseView']['status'];
}

/** Reads of releases: list, show, watch, timeline, logs. */
export function releaseReads(release: Command): void {
  paged(release.command('list').description('releases, newest first'), 20)
    .option('-s, --service <name>', 'only of this service')
    .option('-e, --environment <name>', 'only of this environment')
    .option('--status <status>', 'only with this status')
    .action(
      action<ReleaseListOptions>(async ({ client, output, project }, _, options) => {
        const { service, environment, status } = options;
        const filter = { project: await project(), service, environment, status };
        const read = (which: PageQuery) => client.GET('/api/v1/deploy/releases', { params: { query: { ...filter, ...which } } });
        await list(output, options, read, (items) =>
          output.table(
            RELEASE_HEADING,
            items.map((view) => releaseRow(output, view)),
          ),
        );
      }),
    );
  release
    .command('show <release>')
    .description('one release; with --preview its draft')
    .option('--preview', 'the draft as it was reviewed')
    .action(action<{ preview?: boolean }>((context, id, { preview }) => (preview ? showPreview(context, id) : show(context, id))));
  release
    .command('watch <release>')
    .description('follow a release to its end; the exit code tells how it ended')
    .option('--rollback', 'to the end of its rollback')
    .action(
      action<{ rollback?: boolean }>(async (context, id, { rollback }) => {
        const { view, code } = await watchRelease(context, id, { rollback });
        if (context.output.json) context.output.record({ kind: 'release', ...view });
        else describeRelease(context.output, view);
        return code;
      }),
    );
  release.command('timeline <release>').description('everything that happened to it, in order').action(action(timeline));
  release.command('logs <release>').description('log lines of its steps').action(action(logs));
}

async function show(context: Context, id: string): Promise<void> {
  const view = await readRelease(context, id);
  if (context.output.json) context.output.document(view);
  else describeRelease(context.output, view);
}

async function showPreview(context: Context, id: string): Promise<void> {
  const params = { path: { id }, query: { project: context.namedProject } };
  const { data } = await context.client.GET('/api/v1/deploy/releases/{id}/preview', { params });
  if (context.output.json) context.output.document(data);
  else describePreview(context.output, data!);
}

async function timeline(context: Context, id: string): Promise<void> {
  const read = async (cursor: string | undefined): Promise<Schemas['TimelineView']> => {
    const params = { path: { id }, query: { project: context.namedProject, cursor, limit: 200 } };
    return (await context.client.GET('/api/v1/deploy/releases/{id}/timeline', { params })).data as Schemas['TimelineView'];
  };
  if (!context.output.json) context.output.line(`Timeline of ${id}:`);
  for await (const { entries } of pages(read)) for (const entry of entries) showEntry(context, entry);
}

async function logs(context: Context, id: string): Promise<void> {
  const read = async (cursor: string | undefined): Promise<Schemas['LogView']> => {
    const params = { path: { id }, query: { project: context.namedProject, cursor, limit: LOG_PAGE } };
    return (await context.client.GET('/api/v1/deploy/releases/{id}/logs', { params })).data as Schemas['LogView'];
  };
  for await (const { entries } of pages(read)) for (const entry of entries) showLog(context, entry);
}
