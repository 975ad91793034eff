import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { dataDirectory } from '../data-directory/layout';
import { down } from './down';
import type { Terminal } from './terminal';

/** Stops everything and deletes the data directory, after asking. @returns whether it did. */
export async function reset(directory: string, terminal: Terminal, yes: boolean): Promise<boolean> {
  const data = dataDirectory(directory);
  if (!existsSync(data.root)) {
    terminal.line(`There is nothing to reset: ${data.root} does not exist.`);
    return true;
  }
  if (!existsSync(data.credentialsFile)) {
    throw new Error(`${data.root} does not look like a Slipway data directory (it has no credentials.json); nothing was deleted.`);
  }
  if (!yes && !(await confirmed(data.root))) {
    terminal.line('Nothing was deleted.');
    return false;
  }
  await down(directory, terminal);
  rmSync(data.root, { recursive: true, force: true, maxRetries: 5 });
  if (data.postgresHome !== data.root) rmSync(data.postgresHome, { recursive: true, force: true, maxRetries: 5 });
  terminal.line(`Deleted ${data.root}.`);
  return true;
}

async function confirmed(root: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Error(
      `This deletes ${root}: the event log, the database, every deployment. Say 'npm run reset -- --yes' to do it without being asked.`,
    );
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(`This deletes ${root}: the event log, the database, every deployment. Type 'yes' to go on: `);
  prompt.close();
  return answer.trim() === 'yes';
}
