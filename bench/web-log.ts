import type { Schemas } from '@slipway/api-client';
import { jetstreamManager } from '@nats-io/jetstream';
import { logSubject, STREAMS } from '@slipway/contracts';
import type { Platform, ReleaseView } from '@slipway/platform-driver';
import { eventually } from '@slipway/testing';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Locator, Page } from 'playwright-core';
import type { Felt, WatchedPage } from './web-page';

const FLUSH_EVERY = 2_000;
const STORED_WITHIN_MS = 120_000;
const WATCH_MS = 600_000;
const BURSTS = 50;
const BURST = 20;
const BURST_MS = 100;
const NEEDLE_EVERY = 1_000;
const NEEDLE_AT = 77;

/** What a long log did to whoever reads it, by what was done. */
export type ReadLog = readonly (readonly [what: string, felt: Felt])[];

const AT = new Date().toISOString();

const line = (n: number): string => {
  const words = `\u001b[3${n % 8}mINFO\u001b[0m ${n} GET /orders/${(n * 7919) % 100_003} took ${n % 311} ms`;
  return JSON.stringify({ at: AT, step: 'verify', line: n % NEEDLE_EVERY === NEEDLE_AT ? `${words} needle` : words });
};

/** Writes into the log of a release's run as its executor would; returns when the server has stored them. */
async function write(writer: NatsConnection, runId: string, from: number, count: number): Promise<void> {
  for (let n = from; n < from + count; n++) {
    writer.publish(logSubject(runId), line(n));
    if (n % FLUSH_EVERY === 0) await writer.flush();
  }
  await writer.flush();
  const last = { last_by_subj: logSubject(runId) };
  const { streams } = await jetstreamManager(writer);
  const stored = async (): Promise<boolean> => (await streams.getMessage(STREAMS.logs, last))?.string() === line(from + count - 1);
  await eventually(stored, { timeoutMs: STORED_WITHIN_MS, intervalMs: 20 });
}

/** The run of a release that was begun. */
const runOf = (platform: Platform, { release_id: id }: ReleaseView): Promise<string> =>
  eventually(async () => {
    const { data } = await platform.api('developer').GET('/api/v1/deploy/releases/{id}/timeline', { params: { path: { id } } });
    const started = (data as Schemas['TimelineView']).entries.find(({ action }) => action === 'execution.started');
    return started?.detail['run_id'] as string | undefined;
  });

/** Reads the log of a release that has ended, then that of one that stays in its verification and writes on; both have `count` lines. */
export async function readLog(watched: WatchedPage, platform: Platform, writer: NatsConnection, count: number): Promise<ReadLog> {
  const { page } = watched;
  const developer = platform.as('developer');
  const ended = await developer.deploy({ artifact: '1.0.0', environment: 'dev' });
  await write(writer, await runOf(platform, ended), 0, count);
  await developer.push('2.0.0', { watchMs: WATCH_MS });
  const moving = await developer.start({ artifact: '2.0.0', environment: 'dev' });
  await developer.until(moving.release_id, ['verifying']);
  const runId = await runOf(platform, moving);
  await write(writer, runId, 0, count);

  await openRecord(platform, page, ended);
  const readThrough = await watched.during(() => readToTheEnd(page, count));
  await openRecord(platform, page, moving);
  const opened = await watched.during(async () => {
    await openLog(page);
    await textOf(page, count).waitFor();
  });
  let written = count;
  const followed = await watched.during(async () => {
    for (let bursts = 0; bursts < BURSTS; bursts++, written += BURST) {
      await write(writer, runId, written, BURST);
      await page.waitForTimeout(BURST_MS);
    }
    await textOf(page, written).waitFor();
  });
  const scrolled = await watched.during(() => scrollBack(page));
  const searched = await watched.during(() => search(page));
  return [
    ['ended, opened and read to its end', readThrough],
    ['opened', opened],
    ['followed', followed],
    ['scrolled', scrolled],
    ['searched', searched],
  ];
}

const lines = (page: Page): Locator => page.getByRole('region', { name: 'Lines of the log' });
/** The line that was written last of so many. */
const textOf = (page: Page, written: number): Locator => lines(page).getByText(` ${written - 1} GET`);

/** The release's page, without its log. */
async function openRecord(platform: Platform, page: Page, { release_id: id }: ReleaseView): Promise<void> {
  await page.goto(`${platform.url}/releases/${id}?project=demo&tab=record`);
  await page.locator('.record').waitFor();
}

async function openLog(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Progress' }).click();
  await lines(page).waitFor();
}

async function readToTheEnd(page: Page, count: number): Promise<void> {
  await openLog(page);
  await lines(page).focus();
  while (!(await textOf(page, count).isVisible())) {
    await page.keyboard.press('End');
    await page.waitForTimeout(BURST_MS);
  }
}

async function scrollBack(page: Page): Promise<void> {
  await lines(page).hover();
  for (let turns = 0; turns < 60; turns++) await page.mouse.wheel(0, -700);
}

async function search(page: Page): Promise<void> {
  const field = page.locator('.log-text input');
  await field.pressSequentially('needle', { delay: 60 });
  await page.locator('.react-lazylog-searchbar-matches.active').waitFor();
  for (let matches = 0; matches < 5; matches++) await field.press('Enter', { delay: 60 });
}
