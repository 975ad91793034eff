import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boundLogs } from './log-files';

it('keeps two files of bounded size, and what is written next', () => {
  const directory = mkdtempSync(join(tmpdir(), 'logs-'));
  const file = join(directory, 'release.log');
  writeFileSync(file, 'old '.repeat(100));
  boundLogs(directory, 100);
  appendFileSync(file, 'new');
  boundLogs(directory, 100);
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(statSync(`${file}.1`).size).toBe(400);
});
