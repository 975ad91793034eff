/** `npm run down|status|logs|reset`: what to do with a platform that `npm run up` started. */
import { parseArgs } from 'node:util';
import { fail, say } from './progress.mjs';
import { dataDirectory, isBuilt, library, requireNode } from './workspace.mjs';

const HELP = `npm run down                      stop everything, keep the data
npm run status [-- --json]        processes with pid, port, memory, readiness, restarts (exit code 0: all ready, 3: not running)
npm run logs [-- <process>] [-- -f]   the end of the logs; -f follows
npm run reset [-- --yes]          stop and delete the data directory, after asking`;

requireNode();
const { values, positionals } = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        follow: { type: 'boolean', short: 'f' },
        yes: { type: 'boolean', short: 'y' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return fail(`${error.message}\n\n${HELP}`, 2);
  }
})();
const [command, name] = positionals;
if (command === 'logs') process.stdout.on('error', () => process.exit(0));
if (values.help || !command) {
  say(HELP);
  process.exit(values.help ? 0 : 2);
}
if (!isBuilt()) {
  say('Slipway has not been built here yet; start it with: npm run up');
  process.exit(command === 'status' ? 3 : 0);
}
const embedded = library('embedded');
const terminal = embedded.terminalOf(process.stdout);
const commands = {
  down: () => embedded.down(dataDirectory(), terminal),
  status: async () => (process.exitCode = await embedded.showStatus(dataDirectory(), terminal, values.json ?? false)),
  logs: () => embedded.showLogs(dataDirectory(), name, { follow: values.follow ?? false }),
  reset: async () => (process.exitCode = (await embedded.reset(dataDirectory(), terminal, values.yes ?? false)) ? 0 : 1),
};
if (!commands[command]) fail(`'${command}' is not a command.\n\n${HELP}`, 2);
await commands[command]().catch((error) => fail(error.message));
