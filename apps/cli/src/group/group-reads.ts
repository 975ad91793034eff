import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action } from '../command';
import type { Context } from '../context';
import { list, paged, pages, type ListOptions, type PageQuery } from '../output/lists';
import { showEntry } from '../watch/show-entry';
import { describeGroup, describeGroupPreview, GROUP_HEADING, groupRow } from './describe-group';
import { readGroup, watchGroup } from './watch-group';

interface GroupListOptions extends ListOptions {
  readonly environment?: string;
  readonly status?: Schemas['GroupView']['status'];
}

/** Reads of release groups: list, show, watch, timeline. */
export function groupReads(group: Command): void {
  paged(group.command('list').description('groups, newest first'), 20)
    .option('-e, --environment <name>', 'only of this environment')
    .option('--status <status>', 'only with this status')
    .action(
      action<GroupListOptions>(async ({ client, output, project }, _, options) => {
        const { environment, status } = options;
        const filter = { project: await project(), environment, status };
        const read = (which: PageQuery) => client.GET('/api/v1/deploy/groups', { params: { query: { ...filter, ...which } } });
        await list(output, options, read, (items) =>
          output.table(
            GROUP_HEADING,
            items.map((view) => groupRow(output, view)),
          ),
        );
      }),
    );
  group
    .command('show <group>')
    .description('one group and where its members are; with --preview every draft')
    .option('--preview', 'the drafts as they were reviewed')
    .action(action<{ preview?: boolean }>((context, id, { preview }) => (preview ? showPreview(context, id) : show(context, id))));
  group
    .command('watch <group>')
    .description('follow a group to its end; the exit code tells how it ended')
    .option('--rollback', 'to the end of its rollback')
    .action(
      action<{ rollback?: boolean }>(async (context, id, { rollback }) => {
        const { view, code } = await watchGroup(context, id, { rollback });
        if (context.output.json) context.output.record({ kind: 'group', ...view });
        else describeGroup(context.output, view);
        return code;
      }),
    );
  group.command('timeline <group>').description('everything that happened to it and its members, in order').action(action(timeline));
}

async function show(context: Context, id: string): Promise<void> {
  const view = await readGroup(context, id);
  if (context.output.json) context.output.document(view);
  else describeGroup(context.output, view);
}

async function showPreview(context: Context, id: string): Promise<void> {
  const params = { path: { id }, query: { project: context.namedProject } };
  const { data } = await context.client.GET('/api/v1/deploy/groups/{id}/preview', { params });
  if (context.output.json) context.output.document(data);
  else describeGroupPreview(context.output, data!);
}

async function timeline(context: Context, id: string): Promise<void> {
  const read = async (cursor: string | undefined): Promise<Schemas['GroupTimelineView']> => {
    const params = { path: { id }, query: { project: context.namedProject, cursor, limit: 200 } };
    return (await context.client.GET('/api/v1/deploy/groups/{id}/timeline', { params })).data as Schemas['GroupTimelineView'];
  };
  for await (const { entries } of pages(read)) for (const entry of entries) showEntry(context, entry);
}
