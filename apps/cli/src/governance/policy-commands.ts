import { readFileSync } from 'node:fs';
import type { Schemas } from '@slipway/api-client';
import type { Command } from 'commander';
import { action, once } from '../command';
import { UsageError } from '../exit-codes';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { localTime } from '../output/values';

type Changes = Schemas['PreviewPolicy']['policy'];
interface SetOptions {
  readonly file?: string;
  readonly set?: string;
}

/** What an environment asks for before something runs in it. */
export function policyCommands(root: Command): void {
  const policy = root.command('policy').description('what an environment asks for before something runs in it');
  policy.command('show <environment>').action(
    action(async ({ client, output, project }, id) => {
      const params = { path: { id }, query: { project: await project() } };
      const { data } = await client.GET('/api/v1/environments/{id}/policy', { params });
      if (output.json) return output.document(data);
      for (const [member, value] of Object.entries(data!)) output.line(`${member.padEnd(24)} ${JSON.stringify(value)}`);
    }),
  );
  versions(policy);
  const changing = (command: Command): Command =>
    command.option('--set <json>', 'members to change: \'{"quorum":2}\'').option('--file <path>', 'the same, from a file');
  changing(policy.command('preview <environment>').description('what a change would mean for the releases open now')).action(
    action<SetOptions>(async ({ client, output, project }, id, options) => {
      const params = { path: { id }, query: { project: await project() }, header: once() };
      const { data } = await client.POST('/api/v1/environments/{id}/policy/preview', { params, body: { policy: changesOf(options) } });
      if (output.json) return output.document(data);
      for (const change of data!.changes) output.line(changeLine(change));
      if (data!.needs_approval) output.line(output.paint('yellow', 'This change needs approval itself.'));
      const rows = data!.releases.map((release) => [
        release.release_id,
        release.service_name,
        release.status,
        release.now.rule,
        release.then.rule,
      ]);
      if (rows.length > 0) output.table(['RELEASE', 'SERVICE', 'STATUS', 'NOW', 'THEN'], rows);
    }),
  );
  changing(
    policy.command('set <environment>').description('change it; production asks the inbox first').requiredOption('--reason <text>', 'why'),
  ).action(
    action<SetOptions & { reason: string }>(async ({ client, output, project }, id, options) => {
      const params = { path: { id }, query: { project: await project() }, header: once() };
      const body = { policy: changesOf(options), reason: options.reason };
      const { data } = await client.PUT('/api/v1/environments/{id}/policy', { params, body });
      if (output.json) return output.document(data);
      const ticket = data!.policy_change?.ticket_id;
      output.line(ticket ? `Waits for approval: ${ticket}` : output.paint('green', 'Changed.'));
    }),
  );
}

/** Who changed what when, and what differs between two versions. */
function versions(policy: Command): void {
  paged(
    policy.command('history <environment>').description('its versions, newest first: who changed what, why, approved by whom'),
    20,
  ).action(
    action<ListOptions>(async ({ client, output, project }, id, options) => {
      const filter = { project: await project() };
      const read = (which: PageQuery) =>
        client.GET('/api/v1/environments/{id}/policy/versions', { params: { path: { id }, query: { ...filter, ...which } } });
      await list(output, options, read, (versions) => {
        for (const { version, changed_by, changed_at, approved_by, reason, changes } of versions) {
          const approved = approved_by.length > 0 ? `, approved by ${approved_by.join(', ')}` : '';
          output.line(`version ${version}  ${localTime(changed_at)}  ${changed_by}${approved}${reason ? `: ${reason}` : ''}`);
          for (const change of changes) output.line(`  ${changeLine(change)}`);
        }
      });
    }),
  );
  policy
    .command('diff <environment>')
    .description('what differs between two versions; up to the one that holds now, unless told')
    .requiredOption('--from <version>', 'a version, as history shows it')
    .option('--to <version>', 'another')
    .action(
      action<{ from: string; to?: string }>(async ({ client, output, project }, id, { from, to }) => {
        const range = { from: Number(from), ...(to === undefined ? {} : { to: Number(to) }) };
        const params = { path: { id }, query: { project: await project(), ...range } };
        const { data } = await client.GET('/api/v1/environments/{id}/policy/diff', { params });
        if (output.json) return output.document(data);
        if (data!.changes.length === 0) output.line('Nothing differs.');
        for (const change of data!.changes) output.line(changeLine(change));
      }),
    );
}

const changeLine = ({ member, before, after }: { member: string; before: unknown; after: unknown }): string =>
  `${member}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;

function changesOf({ set, file }: SetOptions): Changes {
  if ((set === undefined) === (file === undefined)) throw new UsageError('Say what to change with --set or --file.');
  try {
    return JSON.parse(set ?? readFileSync(file!, 'utf8')) as Changes;
  } catch (error) {
    throw new UsageError(`That is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
