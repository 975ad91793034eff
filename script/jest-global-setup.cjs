/**
 * One directory per jest run for the servers that its test files share (libs/testing/src/servers/test-run.ts); clears up after
 * earlier runs that were killed. Plain JavaScript: it runs before anything is built.
 */
const { mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const PREFIX = 'slipway-test-';
const listing = (directory) => {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
};
const isRunning = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
/** Only Linux tells a recycled pid from the process that was recorded. */
const startedAt = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
};

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};
function end(identity) {
  if (identity && startedAt(identity.pid) === identity.startedAt) process.kill(identity.pid, 'SIGKILL');
}

const read = (file) => {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
};
const workingDirectory = (pid) => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
};
/** Servers, services and deployed workloads of a run whose tests could not stop them: they name its directory, or work in it. */
function endStrays(directory) {
  for (const pid of listing('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid))) {
    const isOurs = workingDirectory(pid).startsWith(`${directory}/`) || read(`/proc/${pid}/cmdline`).includes(`${directory}/`);
    if (isOurs) end({ pid: Number(pid), startedAt: startedAt(pid) });
  }
}

function endRun(directory) {
  for (const file of listing(join(directory, 'servers'))) end(readJson(join(directory, 'servers', file)));
  for (const name of listing(directory)) {
    const platform = readJson(join(directory, name, 'run', 'status.json'));
    for (const entry of platform?.processes ?? []) end(entry.identity);
  }
  endStrays(directory);
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
}

module.exports = () => {
  for (const name of listing(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    if (!isRunning(Number(name.slice(PREFIX.length).split('-')[0]))) endRun(join(tmpdir(), name));
  }
  const directory = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  mkdirSync(join(directory, 'servers'));
  process.env.SLIPWAY_TEST_RUN = directory;
};
module.exports.endRun = endRun;
