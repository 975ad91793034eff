import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, collect, once } from '../command';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import type { Output } from '../output/output';
import { relative } from '../output/values';

interface RecordOptions {
  readonly service: string[];
  readonly revision: string;
  readonly summary: string;
  readonly scope?: string;
  readonly link?: string;
}

/** Stage 1 of the pipeline (spec 003, section 5): what is to change, and why, before it is built. */
export function changeCommands(root: Command): void {
  const changes = root.command('changes').description('what is to change, from which source revision; artifacts are pushed with it');
  recordCommand(changes);
  paged(changes.command('list'), 50).action(
    action<ListOptions>(async ({ client, output, project }, _, options) => {
      const filter = { project: await project() };
      const read = (which: PageQuery) => client.GET('/api/v1/changes', { params: { query: { ...filter, ...which } } });
      await list(output, options, read, (items) =>
        output.table(
          ['CHANGE', 'REVISION', 'SUMMARY', 'BY', 'RECORDED'],
          items.map((change) => [
            change.change_id,
            change.source_revision,
            change.summary,
            change.recorded_by,
            relative(change.recorded_at),
          ]),
        ),
      );
    }),
  );
  changes.command('show <change>').action(
    action(async ({ client, output, project }, id) => {
      const { data } = await client.GET('/api/v1/changes/{id}', { params: { path: { id }, query: { project: await project() } } });
      if (output.json) return output.document(data);
      describe(output, data!);
    }),
  );
}

function recordCommand(changes: Command): void {
  changes
    .command('record')
    .description('record a change, to push artifacts with it')
    .requiredOption('-s, --service <name>', 'a service that it changes; repeatable', collect)
    .requiredOption('--revision <revision>', 'source revision that it is made of')
    .requiredOption('--summary <text>', 'what changes')
    .option('--scope <text>', 'what it touches, and what not')
    .option('--link <url>', 'where to read more, http or https')
    .action(
      action<RecordOptions>(async ({ client, output, project }, _, { service: services, revision, summary, scope, link }) => {
        const body = { project: await project(), services, source_revision: revision, summary, scope, url: link };
        const { data } = await client.POST('/api/v1/changes', { params: { header: once() }, body });
        if (output.json) return output.document(data);
        output.line(`Recorded ${data!.change_id}; push what is built of it with --change ${data!.change_id}`);
      }),
    );
}

function describe(output: Output, change: Schemas['ChangeView']): void {
  output.line(`${change.change_id}  ${change.summary}`);
  output.line(`  revision  ${change.source_revision}`);
  output.line(`  scope     ${change.scope || '-'}`);
  output.line(`  services  ${change.service_ids.join(', ')}`);
  output.line(`  recorded  by ${change.recorded_by}, ${relative(change.recorded_at)}`);
  if (change.url) output.line(`  see       ${change.url}`);
}
