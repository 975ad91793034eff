import type { Command } from 'commander';
import { action, collect, once } from '../command';

/** Teams: people who are bound to roles, and own projects, together. */
export function teamCommands(root: Command): void {
  const teams = root.command('teams').description('people who have roles, projects and notices together');
  teams.command('list').action(
    action(async ({ client, output }) => {
      const { data } = await client.GET('/api/v1/access/teams');
      if (output.json) return output.document(data);
      const rows = data!.items.map(({ team_id: id, title, members, projects }) => [id, title, members.join(' '), projects.join(' ')]);
      output.table(['TEAM', 'TITLE', 'MEMBERS', 'PROJECTS'], rows);
    }),
  );
  teams
    .command('set <name>')
    .description('make it, or change who is in it: exactly the members that are named')
    .requiredOption('--member <actor>', 'repeat for more', collect)
    .option('--title <text>', 'for people')
    .action(
      action<{ member: string[]; title?: string }>(async ({ client, output }, name, { member: members, title }) => {
        const { data } = await client.PUT('/api/v1/access/teams/{name}', {
          params: { path: { name }, header: once() },
          body: { members, title },
        });
        if (output.json) return output.document(data);
        output.line(`Team ${data!.team_id}: ${data!.members.join(' ')}`);
      }),
    );
  teams
    .command('delete <name>')
    .option('--reason <text>', 'why')
    .action(
      action<{ reason?: string }>(async ({ client, output }, name, { reason }) => {
        const { data } = await client.DELETE('/api/v1/access/teams/{name}', {
          params: { path: { name }, query: { reason }, header: once() },
        });
        if (output.json) return output.document(data);
        output.line(`Team ${name} is deleted.`);
      }),
    );
}
