/**
 * `npm run bench [-- --quick] [-- name...]`: runs bench/*.bench.ts one after the other, prints a table, writes
 * bench/results.json. Each bench exports `run({ quick })` and answers with rows `{ name, value, baseline, ratio, goal, ok }`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bold, fail, say, step } from './progress.mjs';
import { ensureReady, repository, run } from './workspace.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false } } });
const folder = join(repository, 'bench');
const available = readdirSync(folder)
  .flatMap((file) => (file.endsWith('.bench.ts') ? [file.slice(0, -'.bench.ts'.length)] : []))
  .sort();
const unknown = positionals.find((name) => !available.includes(name));
if (unknown) fail(`There is no bench '${unknown}'; there are: ${available.join(', ')}`, 2);
const chosen = positionals.length > 0 ? positionals : available;

await ensureReady();
const compiled = join(folder, 'dist');
await step('compiling bench', async () => {
  rmSync(compiled, { recursive: true, force: true });
  const swc = join(repository, 'node_modules', '.bin', 'swc');
  await run(process.execPath, [
    swc,
    'bench',
    '--out-dir',
    'bench/dist',
    '--strip-leading-paths',
    '--config-file',
    '.swcrc',
    '--ignore',
    'bench/dist*/**',
    '--quiet',
  ]);
});

/** Each bench is a process of its own: one cannot warm or spoil another. */
function runOne(name) {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const answer = join(directory, 'rows.json');
  const code = `
    const { writeFileSync } = require('node:fs');
    require(${JSON.stringify(join(compiled, `${name}.bench.js`))}).run({ quick: ${values.quick} }).then(
      (rows) => { writeFileSync(${JSON.stringify(answer)}, JSON.stringify(rows)); process.exit(0); },
      (error) => { console.error(error); process.exit(1); },
    );`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', '-e', code], { cwd: repository, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('close', (status) => {
      const rows = existsSync(answer) ? JSON.parse(readFileSync(answer, 'utf8')) : undefined;
      rmSync(directory, { recursive: true, force: true });
      if (rows) resolve(Array.isArray(rows) ? rows : [rows]);
      else reject(new Error(`bench ${name} ended with ${status}`));
    });
  });
}

const results = [];
let broken = 0;
for (const name of chosen) {
  say(`\n${bold(name)}`);
  try {
    results.push(...(await runOne(name)));
  } catch (error) {
    broken += 1;
    say(error.message);
  }
}

const number = (value) =>
  typeof value !== 'number'
    ? String(value ?? '-')
    : value >= 100
      ? Math.round(value).toLocaleString('en-US')
      : String(Math.round(value * 1000) / 1000);
const rows = [
  ['NAME', 'VALUE', 'BASELINE', 'RATIO', 'GOAL', 'OK'],
  ...results.map((row) => [
    row.name,
    number(row.value),
    number(row.baseline),
    number(row.ratio),
    String(row.goal ?? '-'),
    row.ok === false ? 'no' : 'yes',
  ]),
];
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
say('');
for (const row of rows)
  say(
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
const [processor] = cpus();
say(
  `\n${cpus().length} x ${processor?.model ?? 'unknown'}, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}${values.quick ? ', quick' : ''}`,
);

const file = join(folder, 'results.json');
const kept =
  positionals.length > 0 && existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8')).filter((row) => !results.some((fresh) => fresh.name === row.name))
    : [];
mkdirSync(folder, { recursive: true });
writeFileSync(file, `${JSON.stringify([...kept, ...results], null, 2)}\n`);
say(`Written to ${file}`);
process.exit(broken > 0 || results.some((row) => row.ok === false) ? 1 : 0);
