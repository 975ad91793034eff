import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { action, once } from '../command';
import type { Context } from '../context';
import { EXIT, type ExitCode } from '../exit-codes';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { describePreview } from '../release/describe-preview';
import { watchRelease } from '../release/watch-release';
import { describeIntent, type IntentView } from './describe-intent';

interface AskOptions extends ConfirmOptions {
  readonly yes?: boolean;
  readonly conversation?: string;
}
interface ConfirmOptions {
  readonly wait?: boolean;
  readonly detach?: boolean;
}

/** `slipway ask` and what comes after it. */
export function askCommands(root: Command): void {
  following(
    root
      .command('ask <utterance>')
      .description(
        "say what you want, e.g. 'deploy hello 1.2.0 to dev', 'what is waiting for me', 'help'; nothing is done before you confirm",
      ),
  )
    .option('-y, --yes', 'confirm what is proposed')
    .option('--conversation <id>', 'go on with a conversation')
    .action(action<AskOptions>(ask));
  const intents = root.command('intents').description('what was asked, and what was proposed');
  paged(intents.command('list').description('the latest'), 30).action(action<ListOptions>(listIntents));
  intents
    .command('show <intent>')
    .description('one intent')
    .action(
      action(async (context, id) => {
        const { data } = await context.client.GET('/api/v1/ai/intents/{id}', { params: at(context, id) });
        show(context, data!);
      }),
    );
  following(intents.command('confirm <intent>').description('say yes to a proposal, quoting its preview'))
    .requiredOption('--preview-ref <digest>', 'the preview_ref of the proposal that you read')
    .action(action<ConfirmOptions & { previewRef: string }>((context, id, options) => confirm(context, id, options.previewRef, options)));
  intents
    .command('cancel <intent>')
    .description('take a proposal off the table')
    .action(
      action(async (context, id) => {
        const params = { ...at(context, id), header: once() };
        const { data } = await context.client.POST('/api/v1/ai/intents/{id}/cancel', { params, body: {} });
        show(context, data!);
      }),
    );
}

const following = (command: Command): Command =>
  command.option('--wait', 'wait for an approval rather than end with exit code 3').option('--detach', 'do not follow it to its end');

const at = (context: Context, id: string): { path: { id: string }; query: { project: string | undefined } } => ({
  path: { id },
  query: { project: context.namedProject },
});

async function ask(context: Context, utterance: string, options: AskOptions): Promise<ExitCode | void> {
  const body = { utterance, project: await context.project(), conversation_id: options.conversation };
  const { data } = await context.client.POST('/api/v1/ai/intents', { params: { header: once() }, body });
  const intent = data!;
  await showWithPreview(context, intent);
  if (intent.status === 'clarification') return EXIT.refused;
  if (intent.status !== 'proposed' || !intent.proposal) return EXIT.ok;
  if (options.yes || (await saysYes(context))) return confirm(context, intent.intent_id, intent.proposal.preview_ref, options);
  if (!context.output.json) {
    context.output.line(
      `Nothing was done. Confirm it with: slipway intents confirm ${intent.intent_id} --preview-ref ${intent.proposal.preview_ref}`,
    );
  }
  return EXIT.refused;
}

async function showWithPreview(context: Context, intent: IntentView): Promise<void> {
  if (!context.output.json && intent.proposal?.act === 'apply') {
    const params = at(context, intent.proposal.release_id);
    const { data } = await context.client.GET('/api/v1/deploy/releases/{id}/preview', { params });
    describePreview(context.output, data!);
    context.output.line();
  }
  show(context, intent);
}

/** Asked only where somebody can answer. */
async function saysYes({ output, signal }: Context): Promise<boolean> {
  if (output.json || !output.isTerminal || !process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question('Do it? [y/N] ', { signal })).trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}

async function confirm(context: Context, id: string, previewRef: string, { wait, detach }: ConfirmOptions): Promise<ExitCode> {
  const params = { ...at(context, id), header: once() };
  const { data } = await context.client.POST('/api/v1/ai/intents/{id}/confirm', { params, body: { preview_ref: previewRef } });
  const { proposal } = data!;
  show(context, data!);
  if (detach || !proposal || proposal.act === 'cancel') return EXIT.ok;
  const { code } = await watchRelease(context, proposal.release_id, { rollback: proposal.act === 'roll_back', stopAtApproval: !wait });
  return code;
}

async function listIntents({ client, output, namedProject: project }: Context, _: string, options: ListOptions): Promise<void> {
  const read = (which: PageQuery) => client.GET('/api/v1/ai/intents', { params: { query: { project, ...which } } });
  await list(output, options, read, (intents) =>
    output.table(
      ['INTENT', 'STATUS', 'ASKED BY', 'WHAT', 'PROPOSAL'],
      intents.map((intent) => [
        intent.intent_id,
        intent.status,
        intent.asked_by,
        intent.utterance ?? intent.understood?.kind ?? '',
        intent.proposal?.title ?? '',
      ]),
    ),
  );
}

function show({ output }: Context, intent: IntentView): void {
  if (output.json) output.record({ kind: 'intent', ...intent });
  else describeIntent(output, intent);
}
