import { logSubject } from '@slipway/contracts';
import type { Platform, ReleaseView } from '@slipway/platform-driver';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Page } from 'playwright-core';
import type { Felt, WatchedPage } from './web-page';

const FLUSH_EVERY = 2_000;
const WATCH_MS = 600_000;
const FOLLOWED_MS = 5_000;
const BURST = 20;
const BURST_MS = 100;

/** What a long log did to whoever reads it. */
export interface ReadLog {
  readonly followed: Felt;
  readonly scrolled: Felt;
  readonly searched: Felt;
}

const line = (n: number): string => {
  const words = `\u001b[3${n % 8}mINFO\u001b[0m ${n} GET /orders/${(n * 7919) % 100_003} took ${n % 311} ms`;
  return JSON.stringify({ at: new Date().toISOString(), step: 'verify', line: n % 1_000 === 77 ? `${words} needle` : words });
};

/** A release that stays in its verification, and its run's log. */
async function running(platform: Platform): Promise<{ release: ReleaseView; runId: string }> {
  const developer = platform.as('developer');
  await developer.push('2.0.0', { watchMs: WATCH_MS });
  const release = await developer.start({ artifact: '2.0.0', environment: 'dev' });
  await developer.until(release.release_id, ['verifying']);
  const params = { path: { id: release.release_id }, query: { limit: 1 } };
  const { data } = await developer.api.GET('/api/v1/deploy/releases/{id}/logs', { params });
  return { release, runId: (data as { entries: { run_id: string }[] }).entries[0]!.run_id };
}

/** Follows the log of a release that has written `count` lines and writes on, scrolls in it and searches it. */
export async function readLog(watched: WatchedPage, platform: Platform, writer: NatsConnection, count: number): Promise<ReadLog> {
  const { page } = watched;
  const { release, runId } = await running(platform);
  let written = 0;
  const write = async (lines: number): Promise<void> => {
    for (const end = written + lines; written < end;) {
      writer.publish(logSubject(runId), line(written++));
      if (written % FLUSH_EVERY === 0) await writer.flush();
    }
    await writer.flush();
  };
  await write(count);
  await page.goto(`${platform.url}/releases/${release.release_id}?project=demo`);
  await page
    .locator('.log-text')
    .getByText(`${count - 1} GET`)
    .first()
    .waitFor();
  const followed = await watched.during(async () => {
    for (let ms = 0; ms < FOLLOWED_MS; ms += BURST_MS) {
      await write(BURST);
      await page.waitForTimeout(BURST_MS);
    }
  });
  const scrolled = await watched.during(() => scrollBack(page));
  const searched = await watched.during(() => search(page));
  return { followed, scrolled, searched };
}

async function scrollBack(page: Page): Promise<void> {
  const lines = page.getByRole('region', { name: 'Lines of the log' });
  await lines.hover();
  for (let turns = 0; turns < 60; turns++) await page.mouse.wheel(0, -700);
}

async function search(page: Page): Promise<void> {
  const field = page.locator('.log-text input');
  await field.pressSequentially('needle', { delay: 60 });
  await page.locator('.react-lazylog-searchbar-matches.active').waitFor();
  for (let matches = 0; matches < 5; matches++) await field.press('Enter', { delay: 60 });
}
