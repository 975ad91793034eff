/** `npm run up`: installs, builds, starts everything on this machine, deploys the sample, and stays; see `--help`. */
import { parseArgs } from 'node:util';
import { bold, fail, say } from './progress.mjs';
import { dataDirectory, ensureReady, httpPort, library } from './workspace.mjs';

const HELP = `npm run up [-- --detach] [-- --no-demo]

Starts Slipway on this machine: nats-server, PostgreSQL, every service, and a sample service deployed to 'dev'.
  --detach     return when everything is ready (stop it with: npm run down)
  --no-demo    do not create project 'demo' and do not deploy the sample
SLIPWAY_HTTP_PORT (8080), SLIPWAY_HTTP_HOST (127.0.0.1) and SLIPWAY_DATA_DIR (.slipway) override.`;

function options() {
  try {
    return parseArgs({
      options: { detach: { type: 'boolean', short: 'd' }, demo: { type: 'boolean', default: true }, help: { type: 'boolean', short: 'h' } },
      allowNegative: true,
    }).values;
  } catch (error) {
    return fail(`${error.message}\n\n${HELP}`, 2);
  }
}

const { detach = false, demo, help = false } = options();
if (help) {
  say(HELP);
  process.exit(0);
}
const since = performance.now();
say(`${bold('Slipway')} in ${dataDirectory()}`);
await ensureReady();
const { deployDemo, startPlatformProcess, stayInForeground, stopSupervisor, terminalOf, isDiskFull } = library('embedded');
const terminal = terminalOf(process.stdout);
const settings = { dataDirectory: dataDirectory(), httpPort: httpPort(), httpHost: process.env.SLIPWAY_HTTP_HOST || '127.0.0.1' };

let started;
let interrupted = false;
const interrupt = () => (interrupted = true);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);
try {
  started = await startPlatformProcess(settings, terminal, () => interrupted);
} catch (error) {
  fail(
    isDiskFull(error)
      ? `${error.message}\nThe disk is full: free some space and run 'npm run up' again; nothing acknowledged is lost.`
      : error.message,
  );
}
say(`  ready after ${((performance.now() - since) / 1000).toFixed(1)} s: ${started.url} (tokens in ${dataDirectory()}/tokens.json)`);
let exitCode = 0;
if (demo && !interrupted) {
  try {
    await deployDemo({ dataDirectory: settings.dataDirectory, url: started.url }, terminal);
  } catch (error) {
    process.stderr.write(`The sample could not be deployed: ${error.message}\n`);
    exitCode = 1;
  }
}
if (interrupted) {
  await stopSupervisor(started);
  process.exit(130);
}
if (detach) {
  say('Stop it with: npm run down');
  process.exit(exitCode);
}
say('Ctrl-C stops everything.');
process.exit((await stayInForeground(started, terminal)) || exitCode);
