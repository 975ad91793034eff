import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

interface LintMessage {
  readonly ruleId: string | null;
  readonly line: number;
  readonly message: string;
}

/** Lints a text as if it were the file, with the workspace's own configuration. */
function lint(filename: string, text: string): LintMessage[] {
  const run = spawnSync(
    process.execPath,
    [join(root, 'node_modules/eslint/bin/eslint.js'), '--stdin', '--stdin-filename', filename, '--format', 'json'],
    {
      cwd: root,
      input: text,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false' },
    },
  );
  const results = JSON.parse(run.stdout) as { messages: LintMessage[] }[];
  return results.flatMap((result) => result.messages);
}

const linesOf = (messages: LintMessage[], ruleId: string): number[] =>
  messages.filter((message) => message.ruleId === ruleId).map((message) => message.line);

describe('module boundaries', () => {
  it('lets a service import contracts and the kit, and nothing of the executor, a client or another service', () => {
    const messages = lint(
      'apps/gateway/src/main.ts',
      [
        "import { NONE } from '@slipway/contracts';",
        "import { runService } from '@slipway/service-kit';",
        "import { LeaseLock } from '@slipway/locks';",
        "import { createClient } from '@slipway/api-client';",
        "import { decide } from '../../release/src/release/domain/release.decider';",
        'export const used = [NONE, runService, LeaseLock, createClient, decide];',
        '',
      ].join('\n'),
    );
    expect(linesOf(messages, '@nx/enforce-module-boundaries')).toEqual([3, 4, 5]);
  });

  it('keeps the contracts free of every other library', () => {
    const messages = lint(
      'libs/contracts/src/platform/names.ts',
      "import { CommandRunner } from '@slipway/event-sourcing';\nimport { BlobStore } from '@slipway/blob-store';\nexport const used = [CommandRunner, BlobStore];\n",
    );
    expect(linesOf(messages, '@nx/enforce-module-boundaries')).toEqual([1, 2]);
  });

  it('keeps a domain folder free of frameworks, I/O, clock and randomness', () => {
    const messages = lint(
      'apps/release/src/release/domain/release.decider.ts',
      [
        "import { Injectable } from '@nestjs/common';",
        "import { readFile } from 'node:fs/promises';",
        'export const used = [Injectable, readFile];',
        'export const now = Date.now();',
        'export const today = new Date();',
        'export const dice = Math.random();',
        "export const parsed = new Date('2026-01-01T00:00:00.000Z');",
        '',
      ].join('\n'),
    );
    expect(linesOf(messages, 'no-restricted-imports')).toEqual([1, 2]);
    expect(linesOf(messages, 'no-restricted-syntax')).toEqual([4, 5, 6]);
  });

  it('refuses shell strings everywhere', () => {
    const messages = lint(
      'apps/runtime-executor/src/main.ts',
      "import { execSync, spawn } from 'node:child_process';\nexecSync('ls ' + process.argv[2]);\nspawn('ls', [], { shell: true });\n",
    );
    expect(linesOf(messages, 'no-restricted-syntax')).toEqual([2, 3]);
  });

  it('keeps test support out of production code', () => {
    const messages = lint('libs/locks/src/index.ts', "import { startNats } from '@slipway/testing';\nexport const used = startNats;\n");
    expect(linesOf(messages, 'no-restricted-imports')).toEqual([1]);
  });
});
