import type { ApiClient } from '@slipway/api-client';
import type { Command } from 'commander';
import { action } from '../command';

type Answered = Promise<{ readonly data?: unknown }>;
interface Which {
  readonly project: string | undefined;
  readonly reason: string | undefined;
}

/** `<kind>s update <name> --title`: what people read; the name itself never changes. */
export function retitling(
  group: Command,
  kind: string,
  send: (client: ApiClient, id: string, title: string, project: string | undefined) => Answered,
): void {
  group
    .command(`update <${kind}>`)
    .description('what people read of it; its name never changes')
    .requiredOption('--title <text>', 'for people')
    .action(
      action<{ title: string }>(async ({ client, output, namedProject }, id, { title }) => {
        const { data } = await send(client, id, title, namedProject);
        if (output.json) return output.document(data);
        output.line(`The ${kind} ${id} is called '${title}'.`);
      }),
    );
}

/** `<kind>s delete <name>`; refused with what to do first while something depends on it. */
export function deleting(group: Command, kind: string, send: (client: ApiClient, id: string, query: Which) => Answered): void {
  group
    .command(`delete <${kind}>`)
    .description('refused while something runs in it or depends on it')
    .option('--reason <text>', 'why')
    .action(
      action<{ reason?: string }>(async ({ client, output, namedProject }, id, { reason }) => {
        const { data } = await send(client, id, { project: namedProject, reason });
        if (output.json) return output.document(data);
        output.line(`The ${kind} ${id} is deleted.`);
      }),
    );
}
