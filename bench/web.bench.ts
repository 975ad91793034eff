import { readFileSync } from 'node:fs';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { inboxPrefix, JetStreamEventStore } from '@slipway/event-store-jetstream';
import { findChromium, NO_CHROMIUM, startPlatform, type Platform } from '@slipway/platform-driver';
import { eventually } from '@slipway/testing';
import { chromium, type Page } from 'playwright-core';
import { askForApprovals } from './inbox-traffic';
import { readLog } from './web-log';
import { WatchedPage, type Felt } from './web-page';

interface Row {
  readonly name: string;
  readonly value: number;
  readonly baseline: null;
  readonly ratio: null;
  readonly goal: number;
  readonly ok: boolean;
}

/** A task of 50 ms delays what the user does (W3C Long Tasks); an answer within 200 ms is good (web.dev, Interaction to Next Paint). */
const GOAL_TASK_MS = 50;
const GOAL_ANSWER_MS = 200;
const GOAL_LATE_FRAMES = 0.05;
const GOAL_NODES = 3_000;
const GOAL_HEAP_MB = 100;
/** One event may ask for the rows it is about, their counts, and no more. */
const GOAL_REQUESTS = 8;
const PATIENCE_MS = 240_000;
const WHEEL_PX = 1_500;

/** A measurement, said as soon as it is there. */
const row = (name: string, value: number, goal: number): Row => {
  console.log(`  ${name}: ${value.toFixed(2)} (goal ${goal})`);
  return { name: `web: ${name}`, value, baseline: null, ratio: null, goal, ok: value <= goal };
};

/**
 * The page with 10,000 releases and as many open tickets, in a real Chromium: scrolling to the end, filtering, a drawer, typing, an event; and
 * with a log of 50,000 lines that is still being written.
 */
export async function run({ quick }: { quick: boolean }): Promise<Row[]> {
  const executablePath = findChromium();
  if (!executablePath) {
    console.log(NO_CHROMIUM);
    return [];
  }
  const count = quick ? 2_000 : 10_000;
  const platform = await startPlatform();
  const writer = await openWriter(platform);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  try {
    await seed(platform, writer, count);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(PATIENCE_MS);
    const watched = await WatchedPage.watch(page);
    await signIn(page, platform);
    return [
      ...(await releases(watched, platform, count)),
      ...(await inbox(watched, platform, count)),
      ...(await log(watched, platform, writer, 5 * count)),
    ];
  } finally {
    await browser.close();
    await writer.close();
    await platform.stop();
  }
}

/** Writes as the owner of every stream. */
function openWriter(platform: Platform): Promise<NatsConnection> {
  const { url: servers } = JSON.parse(readFileSync(platform.settings.data.natsFile, 'utf8')) as { url: string };
  const pass = platform.settings.credentials.nats.bootstrap;
  return connect({ servers, user: 'bootstrap', pass, inboxPrefix: inboxPrefix('bootstrap') });
}

/** Appends as the log's owner would, on a draft that was really made, and waits until every ticket is open. */
async function seed(platform: Platform, writer: NatsConnection, count: number): Promise<void> {
  const developer = platform.as('developer');
  await developer.push('1.0.0');
  const { preview } = await developer.preview({ artifact: '1.0.0', environment: 'prod' });
  await askForApprovals(new JetStreamEventStore(writer), count, 128, { project: 'demo', draft: preview });
  const pending = async (): Promise<boolean> =>
    (await platform.api('approver').GET('/api/v1/approvals/counts', { params: { query: { project: 'demo' } } })).data!.pending >= count;
  await eventually(pending, { timeoutMs: PATIENCE_MS, intervalMs: 500 });
}

async function signIn(page: Page, platform: Platform): Promise<void> {
  await page.goto(platform.url);
  await page.getByLabel('Token', { exact: true }).fill(platform.token('approver'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Board' }).waitFor();
}

const frameOf = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Turns the wheel until the last row is there. @returns the most nodes that the page had on the way */
async function toTheEnd({ page, nodes }: { page: Page; nodes: () => Promise<number> }, list: string, count: number): Promise<number> {
  const frame = frameOf(page, list);
  await frame.hover();
  let most = 0;
  for (let turns = 0; ; turns++) {
    await page.mouse.wheel(0, WHEEL_PX);
    if (turns % 10 !== 0) continue;
    most = Math.max(most, await nodes());
    const last = await frame.locator('tr[aria-rowindex]').last().getAttribute('aria-rowindex');
    if (Number(last) > count) return most;
  }
}

const felt = (what: string, { longestTask, lateFrames, slowestAnswer }: Felt): Row[] => [
  row(`${what}: longest task, ms`, longestTask, GOAL_TASK_MS),
  row(`${what}: late frames, share`, lateFrames, GOAL_LATE_FRAMES),
  row(`${what}: slowest answer, ms`, slowestAnswer, GOAL_ANSWER_MS),
];

async function releases(watched: WatchedPage, platform: Platform, count: number): Promise<Row[]> {
  const { page } = watched;
  await page.getByRole('link', { name: 'Releases', exact: true }).click();
  await frameOf(page, 'Releases').locator('tr[aria-rowindex="2"]').waitFor();
  let nodes = 0;
  const scrolled = await watched.during(async () => {
    nodes = await toTheEnd({ page, nodes: () => watched.nodes() }, 'Releases', count);
  });
  const heap = await watched.heapMb();
  const { asks, changed } = await oneEvent(watched, async () => {
    await platform.as('developer').preview({ artifact: '1.0.0', environment: 'dev' });
    await frameOf(page, 'Releases')
      .locator(`table[aria-rowcount="${count + 3}"]`)
      .waitFor();
  });
  const filtered = await watched.during(async () => {
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Preview', exact: true }).click();
    await frameOf(page, 'Releases').locator('table[aria-rowcount="3"]').waitFor();
  });
  return [
    ...felt(`${count} releases, scrolled through`, scrolled),
    row(`${count} releases: most DOM nodes`, nodes, GOAL_NODES),
    row(`${count} releases: script memory, MB`, heap, GOAL_HEAP_MB),
    row(`${count} releases, all loaded: requests for one event`, asks.length, GOAL_REQUESTS),
    row(`${count} releases, an event: longest task, ms`, changed.longestTask, GOAL_TASK_MS),
    ...felt(`${count} releases, filtered`, filtered),
  ];
}

async function log(watched: WatchedPage, platform: Platform, writer: NatsConnection, count: number): Promise<Row[]> {
  const read = await readLog(watched, platform, writer, count);
  const heap = await watched.heapMb();
  return [
    ...read.flatMap(([what, of]) => felt(`log of ${count} lines, ${what}`, of)),
    row(`log of ${count} lines: script memory, MB`, heap, GOAL_HEAP_MB),
  ];
}

/** What one event makes the page ask, and what that costs it. */
async function oneEvent(watched: WatchedPage, cause: () => Promise<unknown>): Promise<{ asks: readonly string[]; changed: Felt }> {
  let asks: readonly string[] = [];
  const changed = await watched.during(async () => {
    asks = await watched.asksDuring(cause);
  });
  return { asks, changed };
}

async function inbox(watched: WatchedPage, platform: Platform, count: number): Promise<Row[]> {
  const { page } = watched;
  await page.getByRole('link', { name: /^Inbox/ }).click();
  await page.getByRole('tab', { name: /Pending/ }).click();
  await frameOf(page, 'Tickets').locator('tr[aria-rowindex="2"]').waitFor();
  let nodes = 0;
  const scrolled = await watched.during(async () => {
    nodes = await toTheEnd({ page, nodes: () => watched.nodes() }, 'Tickets', count);
  });
  const heap = await watched.heapMb();
  const last = frameOf(page, 'Tickets').locator('tr[aria-rowindex]').last();
  const drawer = page.getByRole('dialog');
  const opened = await watched.during(async () => {
    await last.click();
    await drawer.getByRole('heading', { name: /What will happen/ }).waitFor();
    await drawer.getByRole('region', { name: 'Differences of the manifest' }).waitFor();
  });
  const typed = await watched.during(async () => {
    await drawer.getByLabel('Comment').focus();
    await page.keyboard.type('looked at every line of it, and it is what we said', { delay: 20 });
  });
  const ticket = new URL(page.url()).searchParams.get('ticket')!;
  const { asks, changed } = await oneEvent(watched, async () => {
    const params = { path: { id: ticket } };
    await platform.api('admin').POST('/api/v1/approvals/inbox/{id}/comment', { params, body: { comment: 'seen by admin' } });
    await drawer.getByText('seen by admin').waitFor();
  });
  await page.keyboard.press('Escape');
  const filtered = await watched.during(async () => {
    await page.getByRole('textbox', { name: 'Search', exact: true }).fill('campaign 137');
    await frameOf(page, 'Tickets')
      .locator(`table:not([aria-rowcount="${count + 1}"])`)
      .waitFor();
  });
  return [
    ...felt(`${count} tickets, scrolled through`, scrolled),
    row(`${count} tickets: most DOM nodes`, nodes, GOAL_NODES),
    row(`${count} tickets: script memory, MB`, heap, GOAL_HEAP_MB),
    ...felt(`${count} tickets, a drawer opened`, opened),
    ...felt(`${count} tickets, typed in the drawer`, typed),
    row(`${count} tickets, all loaded: requests for one event`, asks.length, GOAL_REQUESTS),
    row(`${count} tickets, an event: longest task, ms`, changed.longestTask, GOAL_TASK_MS),
    ...felt(`${count} tickets, searched`, filtered),
  ];
}
