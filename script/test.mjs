/**
 * `npm test`: type check, lint, and every tier of tests that this machine can run; see `--help`. Ends with
 * `N passed, N failed, N skipped`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { bold, fail, say, step } from './progress.mjs';
import { ensureReady, library, repository, run } from './workspace.mjs';

const HELP = `npm test [-- <tier>...] [-- <path>...] [-- --match <pattern>]

  unit    *.spec.ts: needs nothing
  int     *.int.spec.ts: starts nats-server and PostgreSQL
  e2e     test-e2e: starts the whole platform, kills parts of it
  check   type check and lint
  <path>             only test files below it, e.g. libs/locks; no checks unless asked for
  --match <pattern>  the same for paths that match a regular expression`;

const TIERS = ['check', 'unit', 'int', 'e2e'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { match: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) {
  say(HELP);
  process.exit(0);
}
const [tiers, paths] = [true, false].map((isTier) => positionals.filter((given) => TIERS.includes(given) === isTier));
const unknown = paths.find((path) => !existsSync(resolve(path)));
if (unknown) fail(`'${unknown}' is neither a tier nor a path in ${process.cwd()}.\n\n${HELP}`, 2);
/** Of test files; none: all of them. */
const patterns = [...(values.match ? [values.match] : []), ...paths.map((path) => `^${literally(resolve(path))}(/|$)`)];
const wanted = tiers.length > 0 ? tiers : patterns.length > 0 ? TIERS.slice(1) : TIERS;

function literally(path) {
  return path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const total = { passed: 0, failed: 0, skipped: 0 };
const skips = [];
const failures = [];
const unsteady = [];

await ensureReady();
const bin = (name) => join(repository, 'node_modules', '.bin', name);

/** A check counts as one test. */
async function check(name, file, argv) {
  try {
    await step(name, () => run(process.execPath, [file, ...argv]), { alone: false });
    total.passed += 1;
  } catch (error) {
    total.failed += 1;
    failures.push(name);
    say(error.message);
  }
}

/** What keeps the servers' tests from running here; undefined when nothing does. */
function lackOfServers() {
  try {
    const servers = library('local-servers');
    servers.findNatsServer();
    servers.findPostgres(servers.unprivilegedUser(), join(repository, '.nx'));
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** Workers fit for the machine: each may run servers and the services of a platform. */
const workers = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / 3 / 1024 ** 3), 8));

/** Runs jest, its output shown as it comes; its report, or undefined when it ended without one. */
async function jest(name, argv) {
  const report = join(repository, '.nx', `jest-${name}.json`);
  mkdirSync(join(repository, '.nx'), { recursive: true });
  rmSync(report, { force: true });
  const options = ['--json', `--outputFile=${report}`, '--passWithNoTests', ...argv];
  const child = spawn(process.execPath, [bin('jest'), ...options], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.once('close', resolve));
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    failures.push(`${name}: jest ended with ${code} and no report`);
    total.failed += 1;
    return undefined;
  }
}

/** Runs one tier and counts. With `again`, the files that failed get one more run, alone: what passes then is named as unsteady. */
async function tier(name, argv, { again = false } = {}) {
  say(`\n${bold(name)}`);
  const first = await jest(name, argv);
  if (!first) return;
  const failed = first.testResults.filter(({ status }) => status === 'failed');
  count(first.testResults.filter((file) => !again || !failed.includes(file)));
  if (!again || failed.length === 0) return;
  say(`\n${bold(`${name}: once more, alone, what failed`)}`);
  const second = await jest(`${name}-again`, ['--forceExit', '--runInBand', '--runTestsByPath', ...failed.map((file) => file.name)]);
  count(second?.testResults ?? failed);
  const stillFailing = new Set(second?.testResults.filter(({ status }) => status === 'failed').map((file) => file.name));
  for (const file of second ? failed : []) if (!stillFailing.has(file.name)) unsteady.push(file);
}

const pathOf = (file) => file.name.replace(`${repository}/`, '');

/** What failed in a file; the file itself when it could not even be loaded. */
function failuresOf(file) {
  const tests = file.assertionResults.filter(({ status }) => status === 'failed');
  return tests.length === 0 ? [pathOf(file)] : tests.map((test) => `${pathOf(file)}: ${test.fullName}`);
}

const MOST_LINES = 20;
/** What the first failure of a file said, indented, without its colours. */
function firstWords(file) {
  const text = file.assertionResults.find(({ status }) => status === 'failed')?.failureMessages[0] ?? file.message ?? '';
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*at .*(node_modules|node:)/.test(line));
  return [...lines.slice(0, MOST_LINES), ...(lines.length > MOST_LINES ? ['...'] : [])].map((line) => `      ${line}`).join('\n');
}

/** Adds the results of files to the figures and lists that the run ends with. */
function count(files) {
  for (const file of files) {
    if (file.status === 'failed') {
      const failed = failuresOf(file);
      failures.push(...failed);
      total.failed += failed.length;
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') total.passed += 1;
      if (test.status === 'pending' || test.status === 'todo') total.skipped += 1;
      if (test.status === 'pending') skips.push(`${pathOf(file)}: ${test.fullName}`);
    }
  }
}

const match = patterns.flatMap((pattern) => ['--testPathPatterns', pattern]);
const ignoring = (...patterns) => ['--testPathIgnorePatterns', ...patterns];
const only = (pattern) => (patterns.length > 0 ? [] : ['--testPathPatterns', pattern]);

async function types() {
  await check('type check', bin('tsc'), ['-p', 'tsconfig.json', '--noEmit']);
  await check('type check of the web page', bin('tsc'), ['-p', 'apps/web/tsconfig.json', '--noEmit']);
}
const lint = () => check('lint', bin('eslint'), ['.', '--max-warnings', '0', '--cache', '--cache-location', '.nx/eslint-cache']);

// Each is one thread: tests run beside them.
const checks = wanted.includes('check') ? Promise.all([lint(), types()]) : undefined;
const lack = wanted.some((name) => name === 'int' || name === 'e2e') ? lackOfServers() : undefined;
if (wanted.includes('unit'))
  await tier('unit', [`--maxWorkers=${workers}`, ...match, ...ignoring('\\.int\\.spec\\.ts$', '/test-e2e/(?!workspace/)')]);
if (lack) skips.push(`tests with servers and the whole system: ${lack}`);
if (wanted.includes('int') && !lack)
  await tier(
    'int',
    [
      '--forceExit',
      `--maxWorkers=${workers}`,
      ...match,
      ...only('\\.int\\.spec\\.ts$'),
      ...ignoring('/test-e2e/', ...(patterns.length > 0 ? ['(?<!\\.int)\\.spec\\.ts$'] : [])),
    ],
    { again: true },
  );
if (wanted.includes('e2e') && !lack)
  await tier(
    'e2e',
    [
      '--forceExit',
      `--maxWorkers=${workers}`,
      ...match,
      ...only('/test-e2e/'),
      ...ignoring('/(apps|libs|script)/', '/test-e2e/workspace/'),
    ],
    { again: true },
  );

await checks;

if (failures.length > 0) {
  say(`\n${bold('Failed')}`);
  for (const failure of failures) say(`  ${failure}`);
}
if (skips.length > 0) {
  say(`\n${bold('Skipped')}`);
  for (const skip of skips) say(`  ${skip}`);
}
if (unsteady.length > 0) {
  say(
    `\n${bold(`UNSTEADY: ${unsteady.length} ${unsteady.length === 1 ? 'file' : 'files'} failed beside others and passed alone; look into it`)}`,
  );
  for (const file of unsteady) {
    for (const failure of failuresOf(file)) say(`  ${failure}`);
    say(firstWords(file));
  }
}
say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);
