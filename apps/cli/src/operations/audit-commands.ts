import type { Command } from 'commander';
import { action } from '../command';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { coloured, duration, localTime, orDash, relative } from '../output/values';

/** The deployment record and the audit log. */
export function auditCommands(root: Command): void {
  const audit = root.command('audit').description('what was deployed, when, and why');
  audit
    .command('record <release>')
    .description('the deployment record of one release')
    .action(
      action(async ({ client, output, namedProject }, id) => {
        const { data } = await client.GET('/api/v1/audit/deployments/{id}', { params: { path: { id }, query: { project: namedProject } } });
        if (output.json) return output.document(data);
        const record = data!;
        output.line(
          `${record.service_name} ${record.artifact_version} -> ${record.environment_name}/${record.target_name}: ${coloured(output, record.result)}`,
        );
        output.line(`  why        ${orDash(record.reason)}`);
        output.line(
          `  by         ${record.requested_by} (${record.requested_by_type}), approved by ${record.approved_by.join(', ') || 'policy'}`,
        );
        output.line(`  change     ${orDash(record.change_id)}`);
        output.line(`  artifact   ${record.artifact_id} ${record.artifact_digest}`);
        output.line(`  preview    ${record.preview_ref}`);
        for (const { stage, at } of record.stages) output.line(`  ${localTime(at)}  ${stage}`);
        const spent = [record.waiting_ms, record.deploying_ms].map((ms) => (ms === null ? '-' : duration(ms)));
        output.line(`  waited ${spent[0]}, deployed in ${spent[1]}`);
      }),
    );
  paged(audit.command('list').description('deployment records, newest first'), 50).action(
    action<ListOptions>(async ({ client, output, project }, _, options) => {
      const filter = { project: await project() };
      const read = (which: PageQuery) => client.GET('/api/v1/audit/deployments', { params: { query: { ...filter, ...which } } });
      await list(output, options, read, (items) =>
        output.table(
          ['RELEASE', 'SERVICE', 'VERSION', 'ENVIRONMENT', 'RESULT', 'BY', 'WHEN'],
          items.map((item) => [
            item.release_id,
            item.service_name,
            item.artifact_version,
            item.environment_name,
            coloured(output, item.result),
            item.requested_by,
            relative(item.stages[0]?.at ?? null),
          ]),
        ),
      );
    }),
  );
}
