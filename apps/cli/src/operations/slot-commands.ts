import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import type { Context } from '../context';
import { EXIT } from '../exit-codes';
import { allOf, list, paged, type ListOptions, type PageQuery } from '../output/lists';
import type { Output } from '../output/output';
import { coloured, orDash, relative } from '../output/values';
import { FollowedLines } from './followed-lines';

/** Which version is where, and holds. */
export function slotCommands(root: Command): void {
  const slots = root.command('slots').description('which version is where');
  paged(slots.command('list'), 200).action(action<ListOptions>(listSlots));
  slots
    .command('show <slot>')
    .description('what runs there now, read from the target')
    .action(
      action(async ({ client, output, namedProject }, id) => {
        const { data } = await client.GET('/api/v1/deploy/slots/{id}/status', {
          params: { path: { id }, query: { project: namedProject } },
        });
        if (output.json) return output.document(data);
        describe(output, data!);
        const rows = data!.replicas.map((replica) => [
          replica.name,
          replica.state,
          replica.ready ? 'yes' : 'no',
          orDash(replica.node ?? (replica.pid === null ? null : `pid ${replica.pid}`)),
          orDash(replica.reason),
          String(replica.restarts),
        ]);
        output.table(['REPLICA', 'STATE', 'READY', 'WHERE', 'REASON', 'RESTARTS'], rows);
        findings(output, data!);
      }),
    );
  slots
    .command('check <slot>')
    .description('compare it with what should run there, now')
    .action(
      action(async ({ client, output, namedProject }, id) => {
        const params = { path: { id }, query: { project: namedProject }, header: once() };
        const { data } = await client.POST('/api/v1/deploy/slots/{id}/check', { params });
        if (output.json) output.document(data);
        else {
          describe(output, data!);
          findings(output, data!);
        }
        return data!.drift === 'none' ? EXIT.ok : EXIT.failed;
      }),
    );
  slots.command('diagnose <slot>').description('why it is as it is: states, exit codes, events, last lines').action(action(diagnose));
  slots
    .command('logs <slot>')
    .description('what its workloads write')
    .option('-f, --follow', 'go on with what is written from now on')
    .option('--process <name>', 'of this process only')
    .option('--replica <name>', 'of this replica only')
    .option('--since <seconds>', 'not older than this')
    .option('--tail <lines>', 'last lines of each replica to begin with; default 100')
    .action(action<LogOptions>(logs));
  slots
    .command('hold <slot>')
    .description('nothing is applied to it until someone resumes it')
    .requiredOption('--reason <text>', 'why')
    .action(
      action<{ reason: string }>(async ({ client, output, namedProject }, id, { reason }) => {
        const params = { path: { id }, query: { project: namedProject }, header: once() };
        const { data } = await client.POST('/api/v1/deploy/slots/{id}/hold', { params, body: { reason } });
        if (output.json) return output.document(data);
        describe(output, data!);
      }),
    );
  slots
    .command('resume <slot>')
    .description('lift the hold')
    .option('--reason <text>', 'why')
    .action(
      action<{ reason?: string }>(async ({ client, output, namedProject }, id, { reason }) => {
        const params = { path: { id }, query: { project: namedProject }, header: once() };
        const { data } = await client.POST('/api/v1/deploy/slots/{id}/resume', { params, body: { reason } });
        if (output.json) return output.document(data);
        describe(output, data!);
      }),
    );
}

async function listSlots({ client, output, project }: Context, _: string, options: ListOptions): Promise<void> {
  const filter = { project: await project() };
  const query = (which: PageQuery) => ({ params: { query: { ...filter, ...which } } });
  await list(
    output,
    options,
    (which) => client.GET('/api/v1/deploy/slots', query(which)),
    async (slots) => {
      const [targets, environments] = await Promise.all([
        allOf((which) => client.GET('/api/v1/deploy/targets', query(which))),
        allOf((which) => client.GET('/api/v1/environments', query(which))),
      ]);
      const names = new Map(environments.map(({ environment_id, name }) => [environment_id, name]));
      const places = new Map(targets.map((target) => [target.target_id, `${names.get(target.environment_id)}/${target.name}`]));
      const rows = slots.map((slot) => [
        slot.slot_id,
        slot.service_name,
        places.get(slot.target_id) ?? slot.target_id,
        orDash(slot.artifact_version),
        orDash(slot.url),
        slot.hold ? output.paint('yellow', 'held') : 'no',
        coloured(output, slot.drift),
        relative(slot.deployed_at),
      ]);
      output.table(['SLOT', 'SERVICE', 'WHERE', 'VERSION', 'URL', 'HELD', 'DRIFT', 'DEPLOYED'], rows);
    },
  );
}

function describe(output: Output, slot: Schemas['SlotView']): void {
  output.line(
    `${slot.service_name} ${orDash(slot.artifact_version)} at ${orDash(slot.url)}, release ${orDash(slot.release_id)}, drift ${coloured(output, slot.drift)}`,
  );
  if (slot.hold) output.line(output.paint('yellow', `Held by ${slot.hold.by} since ${slot.hold.since}: ${slot.hold.reason}`));
}

function findings(output: Output, status: Schemas['SlotStatusView']): void {
  for (const { kind, what, detail } of status.findings) output.line(output.paint('yellow', `${kind} ${what}: ${detail}`));
}

async function diagnose({ client, output, namedProject }: Context, id: string): Promise<void> {
  const params = { path: { id }, query: { project: namedProject } };
  const { data } = await client.GET('/api/v1/deploy/slots/{id}/diagnosis', { params });
  if (output.json) return output.document(data);
  output.line(data!.summary);
  for (const replica of data!.replicas) {
    const facts = [
      replica.reason,
      replica.message,
      replica.failing_probe,
      replica.exit_code === null ? null : `exit code ${replica.exit_code}`,
    ];
    output.line(`${replica.name} ${replica.state}, ${replica.restarts} restarts ${facts.filter((fact) => fact !== null).join('; ')}`);
    for (const line of replica.last_lines.slice(-10)) output.logLine('  ', line);
  }
  for (const event of data!.events.slice(-10)) output.line(`${orDash(event.at)} ${event.reason} ${event.subject}: ${event.message}`);
}

interface LogOptions {
  readonly follow?: boolean;
  readonly process?: string;
  readonly replica?: string;
  readonly since?: string;
  readonly tail?: string;
}
type LogLine = Schemas['SlotLogLine'];
/** The gateway's. */
const DEFAULT_TAIL = 100;

async function logs(context: Context, id: string, options: LogOptions): Promise<void> {
  const { client, output, signal, namedProject } = context;
  const wanted = {
    project: namedProject,
    process: options.process,
    replica: options.replica,
    since_seconds: options.since,
    tail: options.tail,
  };
  const say = (line: LogLine): void => {
    if (output.json) output.record(line);
    else output.logLine(`${[line.at, line.replica].filter(Boolean).join(' ')} `, line.line);
  };
  if (!options.follow) {
    const query = { ...wanted, since_seconds: numberOf(options.since), tail: numberOf(options.tail) };
    const { data } = await client.GET('/api/v1/deploy/slots/{id}/logs', { params: { path: { id }, query } });
    return (data as Schemas['SlotLogsView']).lines.forEach(say);
  }
  const given = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const address = `/api/v1/deploy/slots/${encodeURIComponent(id)}/logs?${new URLSearchParams(given).toString()}`;
  const lines = new FollowedLines(numberOf(options.tail) ?? DEFAULT_TAIL, say);
  const onState = (state: 'open' | 'lost'): void => (state === 'lost' ? lines.broke() : undefined);
  for await (const { data } of client.events<LogLine>(address, { signal, onState })) lines.take(data);
}

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
