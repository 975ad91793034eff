import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, collect, once } from '../command';
import type { Context } from '../context';
import { EXIT, UsageError, type ExitCode } from '../exit-codes';
import { sayWhatIsWaitedFor } from '../watch/watch';
import { describePreview } from './describe-preview';
import { describeRelease, warnOfRollback, type ReleaseView } from './describe-release';
import { strategyOf } from './strategy';
import { variablesOf, type VariableOptions } from './variables';
import { readRelease, watchRelease } from './watch-release';

interface PreviewOptions extends VariableOptions {
  readonly service: string;
  readonly artifact: string;
  readonly environment: string;
  readonly target?: string;
  readonly strategy?: string;
  readonly reason?: string;
}
interface ApplyOptions {
  readonly previewRef?: string;
  readonly wait?: boolean;
  readonly detach?: boolean;
}
interface ReasonOptions {
  readonly reason?: string;
  readonly detach?: boolean;
}

/** Acts on releases: preview, apply, deploy, rollback, cancel, resume. */
export function releaseActs(release: Command): void {
  subject(release.command('preview').description('what would happen: actions, diff, checks, risk, approval; changes nothing')).action(
    action<PreviewOptions>(async (context, _, options) => {
      const view = await preview(context, options);
      if (context.output.json) return context.output.document(view);
      describePreview(context.output, view);
      context.output.line();
      context.output.line(`Apply it with: slipway release apply ${view.release_id} --preview-ref ${view.preview_ref}`);
    }),
  );
  following(release.command('apply <release>').description('apply a previewed release, quoting its preview'))
    .option('--preview-ref <digest>', 'the preview that was reviewed')
    .action(action<ApplyOptions>(async (context, id, options) => apply(context, await readRelease(context, id), options)));
  following(subject(release.command('deploy').description('preview, show it, apply it, and follow it to its end'))).action(
    action<PreviewOptions & ApplyOptions>(async (context, _, options) => {
      const view = await preview(context, options);
      if (!context.output.json) describePreview(context.output, view);
      if (!context.output.json) context.output.line();
      return apply(context, view, { ...options, previewRef: view.preview_ref });
    }),
  );
  acts(release);
}

function acts(release: Command): void {
  following(release.command('rollback <release>').description('bring back what ran in the slot before'))
    .option('--reason <text>', 'why')
    .action(
      action<ReasonOptions & ApplyOptions>(async (context, id, { reason, detach, wait }) => {
        const { data } = await context.client.POST('/api/v1/deploy/releases/{id}/rollback', {
          params: { ...at(context, id), header: once() },
          body: { reason },
        });
        if (detach) return finish(context, data!);
        if (!context.output.json) warnOfRollback(context.output, data!);
        const { view, code } = await watchRelease(context, id, { rollback: true, stopAtApproval: !wait });
        return finish(context, view, code);
      }),
    );
  release
    .command('cancel <release>')
    .description('cancel before or while it runs')
    .option('--reason <text>', 'why')
    .action(
      action<ReasonOptions>(async (context, id, { reason }) => {
        const { data } = await context.client.POST('/api/v1/deploy/releases/{id}/cancel', {
          params: { ...at(context, id), header: once() },
          body: { reason },
        });
        return finish(context, data!);
      }),
    );
  release
    .command('resume <release>')
    .description('go on with a paused release')
    .option('--reason <text>', 'why')
    .action(
      action<ReasonOptions>(async (context, id, { reason }) => {
        const { data } = await context.client.POST('/api/v1/deploy/releases/{id}/resume', {
          params: { ...at(context, id), header: once() },
          body: { reason },
        });
        return finish(context, data!);
      }),
    );
}

const at = (context: Context, id: string): { path: { id: string }; query: { project: string | undefined } } => ({
  path: { id },
  query: { project: context.namedProject },
});

const subject = (command: Command): Command =>
  command
    .requiredOption('-s, --service <name>', 'service')
    .requiredOption('-a, --artifact <version>', 'version or artifact id')
    .requiredOption('-e, --environment <name>', 'environment')
    .option('-t, --target <name>', 'target; default: the only one of the environment')
    .option('--strategy <strategy>', 'rolling, blue-green, canary, or a JSON document')
    .option('--var <name=value>', 'variable; repeatable', collect)
    .option('--secret <name=value>', 'secret variable, sealed on the way in; @file reads a file; repeatable', collect)
    .option('--secret-ref <name=secret>', 'variable from a secret of the environment; repeatable', collect)
    .option('--reason <text>', 'why');

const following = (command: Command): Command =>
  command.option('--wait', 'wait for an approval rather than end with exit code 3').option('--detach', 'do not follow it to its end');

async function preview(context: Context, options: PreviewOptions): Promise<Schemas['PreviewView']> {
  const { service, artifact, environment, target, reason } = options;
  const variables = variablesOf(options);
  const body = {
    project: await context.project(),
    service,
    artifact,
    environment,
    target,
    strategy: strategyOf(options.strategy),
    variables,
    reason,
  };
  const { data } = await context.client.POST('/api/v1/deploy/releases/preview', { params: { header: once() }, body });
  return data!;
}

async function apply(context: Context, release: ReleaseView, options: ApplyOptions): Promise<ExitCode> {
  if (!options.previewRef) throw new UsageError(`Quote the preview that was reviewed: --preview-ref ${release.preview_ref}`);
  const { client } = context;
  const params = { ...at(context, release.release_id), header: once() };
  const { data } = await client.POST('/api/v1/deploy/releases/{id}/apply', { params, body: { preview_ref: options.previewRef } });
  if (options.detach) return finish(context, data!);
  const { view, code } = await watchRelease(context, release.release_id, { stopAtApproval: !options.wait });
  return finish(context, view, code);
}

function finish({ output }: Context, view: ReleaseView, code: ExitCode = EXIT.ok): ExitCode {
  if (output.json) {
    output.record({ kind: 'release', ...view });
    return code;
  }
  output.line();
  describeRelease(output, view);
  sayWhatIsWaitedFor(output, view);
  return code;
}
