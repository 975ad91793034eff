import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action } from '../command';
import type { Context } from '../context';
import { showEntry } from '../watch/show-entry';
import { describeGroup, describeGroupPreview, GROUP_HEADING, groupRow } from './describe-group';
import { readGroup, watchGroup } from './watch-group';

interface ListOptions {
  readonly environment?: string;
  readonly status?: Schemas['GroupView']['status'];
  readonly limit: string;
}

/** Reads of release groups: list, show, watch, timeline. */
export function groupReads(group: Command): void {
  group
    .command('list')
    .description('groups, newest first')
    .option('-e, --environment <name>', 'only of this environment')
    .option('--status <status>', 'only with this status')
    .option('--limit <count>', 'at most so many', '20')
    .action(
      action<ListOptions>(async ({ client, output, project }, _, { environment, status, limit }) => {
        const query = { project: await project(), environment, status, limit: Number(limit) };
        const { data } = await client.GET('/api/v1/deploy/groups', { params: { query } });
        if (output.json) return output.document(data);
        output.table(
          GROUP_HEADING,
          data!.items.map((view) => groupRow(output, view)),
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
  let cursor: string | undefined;
  do {
    const params = { path: { id }, query: { project: context.namedProject, cursor, limit: 200 } };
    const { data } = await context.client.GET('/api/v1/deploy/groups/{id}/timeline', { params });
    const page = data as Schemas['GroupTimelineView'];
    for (const entry of page.entries) showEntry(context, entry);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}
