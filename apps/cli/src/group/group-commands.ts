import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, collect, once } from '../command';
import type { Context } from '../context';
import { EXIT, UsageError, type ExitCode } from '../exit-codes';
import { sayWhatIsWaitedFor } from '../watch/watch';
import { describeGroup, describeGroupPreview, type GroupView } from './describe-group';
import { groupReads } from './group-reads';
import { membersOf, type MemberOptions } from './members';
import { readGroup, watchGroup } from './watch-group';

interface PreviewOptions extends MemberOptions {
  readonly environment: string;
  readonly reason?: string;
}
interface FollowOptions {
  readonly previewRef?: string;
  readonly reason?: string;
  readonly wait?: boolean;
  readonly detach?: boolean;
}

/** Release groups: several services released and rolled back as one unit. */
export function groupCommands(root: Command): void {
  const group = root.command('group').description('release groups: several services released and rolled back as one');
  subject(group.command('preview').description('what would happen to all of them; changes nothing')).action(
    action<PreviewOptions>(async (context, _, options) => {
      const view = await preview(context, options);
      if (context.output.json) return context.output.document(view);
      describeGroupPreview(context.output, view);
      context.output.line();
      context.output.line(`Apply it with: slipway group apply ${view.group_id} --preview-ref ${view.preview_ref}`);
    }),
  );
  following(group.command('apply <group>').description('apply a previewed group, quoting its preview'))
    .option('--preview-ref <digest>', 'the preview that was reviewed')
    .action(action<FollowOptions>(async (context, id, options) => apply(context, await readGroup(context, id), options)));
  following(subject(group.command('deploy').description('preview, show it, apply it, and follow it to its end'))).action(
    action<PreviewOptions & FollowOptions>(async (context, _, options) => {
      const view = await preview(context, options);
      if (!context.output.json) describeGroupPreview(context.output, view);
      return apply(context, view, { ...options, previewRef: view.preview_ref });
    }),
  );
  following(group.command('rollback <group>').description('take all of it back, the last applied first'))
    .option('--reason <text>', 'why')
    .action(
      action<FollowOptions>(async (context, id, { reason, detach, wait }) => {
        const { data } = await context.client.POST('/api/v1/deploy/groups/{id}/rollback', { params: at(context, id), body: { reason } });
        if (detach) return finish(context, data!);
        const { view, code } = await watchGroup(context, id, { rollback: true, stopAtApproval: !wait });
        return finish(context, view, code);
      }),
    );
  group
    .command('cancel <group>')
    .description('cancel before or while it runs; what was applied goes back')
    .option('--reason <text>', 'why')
    .action(
      action<FollowOptions>(async (context, id, { reason }) => {
        const { data } = await context.client.POST('/api/v1/deploy/groups/{id}/cancel', { params: at(context, id), body: { reason } });
        return finish(context, data!);
      }),
    );
  groupReads(group);
}

const at = (context: Context, id: string) => ({ path: { id }, query: { project: context.namedProject }, header: once() });

const subject = (command: Command): Command =>
  command
    .requiredOption('-e, --environment <name>', 'environment of all of them')
    .option('-m, --member <service@version[/target]>', 'a member; repeatable, in the order in which they are applied', collect)
    .option('-f, --file <path>', 'the members as a JSON list, with variables and strategies of their own')
    .option('--strategy <strategy>', 'of members without one: rolling, blue-green, canary, or a JSON document')
    .option('--reason <text>', 'why');

const following = (command: Command): Command =>
  command.option('--wait', 'wait for an approval rather than end with exit code 3').option('--detach', 'do not follow it to its end');

async function preview(context: Context, options: PreviewOptions): Promise<Schemas['GroupPreviewView']> {
  const { environment, reason } = options;
  const body = { project: await context.project(), environment, members: membersOf(options), reason };
  return (await context.client.POST('/api/v1/deploy/groups/preview', { params: { header: once() }, body })).data!;
}

async function apply(context: Context, group: GroupView, { previewRef, detach, wait }: FollowOptions): Promise<ExitCode> {
  if (!previewRef) throw new UsageError(`Quote the preview that was reviewed: --preview-ref ${group.preview_ref}`);
  const { group_id: id } = group;
  const { data } = await context.client.POST('/api/v1/deploy/groups/{id}/apply', {
    params: at(context, id),
    body: { preview_ref: previewRef },
  });
  if (detach) return finish(context, data!);
  const { view, code } = await watchGroup(context, id, { stopAtApproval: !wait });
  return finish(context, view, code);
}

function finish({ output }: Context, view: GroupView, code: ExitCode = EXIT.ok): ExitCode {
  if (output.json) {
    output.record({ kind: 'group', ...view });
    return code;
  }
  output.line();
  describeGroup(output, view);
  sayWhatIsWaitedFor(output, view);
  return code;
}
