import { RunLog, type Platform, type ReleaseView } from '@slipway/platform-driver';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Locator, Page } from 'playwright-core';
import type { Felt, WatchedPage } from './web-page';

const WATCH_MS = 600_000;
const BURSTS = 50;
const BURST = 20;
const BURST_MS = 100;
const NEEDLE_EVERY = 1_000;
const NEEDLE_AT = 77;

/** What a long log did to whoever reads it, by what was done. */
export type ReadLog = readonly (readonly [what: string, felt: Felt])[];

function* numbered(from: number, count: number): Generator<{ step: string; line: string }> {
  for (let n = from; n < from + count; n++) {
    const words = `\u001b[3${n % 8}mINFO\u001b[0m ${n} GET /orders/${(n * 7919) % 100_003} took ${n % 311} ms`;
    yield { step: 'verify', line: n % NEEDLE_EVERY === NEEDLE_AT ? `${words} needle` : words };
  }
}

/** Reads the log of a release that has ended, then that of one that stays in its verification and writes on; both have `count` lines. */
export async function readLog({ page, during }: WatchedPage, platform: Platform, writer: NatsConnection, count: number): Promise<ReadLog> {
  const developer = platform.as('developer');
  const ended = await developer.deploy({ artifact: '1.0.0', environment: 'dev' });
  await (await RunLog.of(ended.release_id, platform, writer)).write(numbered(0, count));
  await developer.push('2.0.0', { watchMs: WATCH_MS });
  const moving = await developer.start({ artifact: '2.0.0', environment: 'dev' });
  await developer.until(moving.release_id, ['verifying']);
  const log = await RunLog.of(moving.release_id, platform, writer);
  await log.write(numbered(0, count));

  const readThrough = await during(() => readToTheEnd(page, ended, count));
  const opened = await during(async () => {
    await open(page, moving);
    await textOf(page, count).waitFor();
  });
  let written = count;
  const followed = await during(async () => {
    for (let bursts = 0; bursts < BURSTS; bursts++, written += BURST) {
      await log.write(numbered(written, BURST));
      await page.waitForTimeout(BURST_MS);
    }
    await textOf(page, written).waitFor();
  });
  const scrolled = await during(() => scrollBack(page));
  const searched = await during(() => search(page, written));
  return [
    ['ended, opened and read through', readThrough],
    ['opened', opened],
    ['followed', followed],
    ['scrolled', scrolled],
    ['searched', searched],
  ];
}

const lines = (page: Page): Locator => page.getByRole('region', { name: 'Lines of the log' });
/** The line that was written last of so many. */
const textOf = (page: Page, written: number): Locator => lines(page).getByText(` ${written - 1} GET`);

/** From the list, as one who uses it does: the page is not loaded anew. */
async function open(page: Page, { release_id: id }: ReleaseView): Promise<void> {
  await page.getByRole('link', { name: 'Releases', exact: true }).click();
  await page.locator(`a[href*="${id}"]`).click();
  await lines(page).waitFor();
}

async function readToTheEnd(page: Page, release: ReleaseView, count: number): Promise<void> {
  await open(page, release);
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

async function search(page: Page, written: number): Promise<void> {
  const matches = Math.ceil((written - NEEDLE_AT) / NEEDLE_EVERY);
  const field = page.getByLabel('Search the log');
  await field.pressSequentially('needle', { delay: 60 });
  await page.getByText(`${matches} matches`, { exact: true }).waitFor();
  for (let nth = 1; nth <= 5; nth++) {
    await field.press('Enter', { delay: 60 });
    await page.getByText(`${nth} of ${matches} matches`).waitFor();
  }
}
