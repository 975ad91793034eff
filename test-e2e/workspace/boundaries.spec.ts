import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

interface LintMessage {
  readonly ruleId: string | null;
  readonly line: number;
}

/** Lints texts as if they were those files, with the workspace's own configuration. */
function lintAll(texts: readonly { file: string; text: string }[]): LintMessage[][] {
  const run = spawnSync(process.execPath, [join(__dirname, 'lint-text.mjs')], {
    cwd: root,
    input: JSON.stringify(texts),
    encoding: 'utf8',
    // With CI set, typescript-eslint would judge what is on disk instead of the text.
    env: { ...process.env, NX_DAEMON: 'false', TSESTREE_SINGLE_RUN: 'false' },
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as LintMessage[][];
}

const linesOf = (messages: LintMessage[], ruleId: string): number[] => [
  ...new Set(messages.filter((message) => message.ruleId === ruleId).map((message) => message.line)),
];

jest.setTimeout(120_000);

const CASES = {
  service: {
    file: 'apps/gateway/src/main.ts',
    lines: [
      "import { NONE } from '@slipway/contracts';",
      "import { runService } from '@slipway/service-kit';",
      "import { LeaseLock } from '@slipway/locks';",
      "import { createApiClient } from '@slipway/api-client';",
      "import { decide } from '../../release/src/release/domain/release.decider';",
      'export const used = [NONE, runService, LeaseLock, createApiClient, decide];',
    ],
  },
  contracts: {
    file: 'libs/contracts/src/platform/names.ts',
    lines: [
      "import { CommandRunner } from '@slipway/event-sourcing';",
      "import { BlobStore } from '@slipway/blob-store';",
      'export const used = [CommandRunner, BlobStore];',
    ],
  },
  domain: {
    file: 'apps/release/src/release/domain/release.decider.ts',
    lines: [
      "import { Injectable } from '@nestjs/common';",
      "import { readFile } from 'node:fs/promises';",
      'export const used = [Injectable, readFile];',
      'export const now = Date.now();',
      'export const today = new Date();',
      'export const dice = Math.random();',
      "export const parsed = new Date('2026-01-01T00:00:00.000Z');",
    ],
  },
  shell: {
    file: 'apps/runtime-executor/src/main.ts',
    lines: [
      "import { execSync, spawn } from 'node:child_process';",
      "execSync('ls ' + process.argv[2]);",
      "spawn('ls', [], { shell: true });",
    ],
  },
  production: {
    file: 'libs/locks/src/index.ts',
    lines: ["import { startNats } from '@slipway/testing';", 'export const used = startNats;'],
  },
} as const;
type Case = keyof typeof CASES;

describe('module boundaries', () => {
  let messages: Record<Case, LintMessage[]>;
  beforeAll(() => {
    const names = Object.keys(CASES) as Case[];
    const found = lintAll(names.map((name) => ({ file: CASES[name].file, text: `${CASES[name].lines.join('\n')}\n` })));
    messages = Object.fromEntries(names.map((name, index) => [name, found[index]])) as Record<Case, LintMessage[]>;
  });

  it('lets a service import contracts and the kit, and nothing of the executor, a client or another service', () => {
    expect(linesOf(messages.service, '@nx/enforce-module-boundaries')).toEqual([3, 4, 5]);
  });
  it('keeps the contracts free of every other library', () => {
    expect(linesOf(messages.contracts, '@nx/enforce-module-boundaries')).toEqual([1, 2]);
  });
  it('keeps a domain folder free of frameworks, I/O, clock and randomness', () => {
    expect(linesOf(messages.domain, 'no-restricted-imports')).toEqual([1, 2]);
    expect(linesOf(messages.domain, 'no-restricted-syntax')).toEqual([4, 5, 6]);
  });
  it('refuses shell strings everywhere', () => {
    expect(linesOf(messages.shell, 'no-restricted-syntax')).toEqual([2, 3]);
  });
  it('keeps test support out of production code', () => {
    expect(linesOf(messages.production, 'no-restricted-imports')).toEqual([1]);
  });
});
