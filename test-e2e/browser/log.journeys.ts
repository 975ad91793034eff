import { openWriter, RunLog } from '@slipway/platform-driver';
import type { Locator, Page } from 'playwright-core';
import { shot, type World } from './world';

const LINES = 3_000;
const NEEDLE_EVERY = 600;
/** Of two colours, so that what is found crosses from one to the other. */
const NEEDLE = '\u001b[31mnee\u001b[32mdle\u001b[0m';

function* numbered(from: number, count: number): Generator<{ step: string; line: string }> {
  for (let n = from; n < from + count; n++)
    yield { step: 'verify', line: `line ${n} of the log${n % NEEDLE_EVERY === 5 ? ` ${NEEDLE}` : ''}` };
}

const lines = (page: Page): Locator => page.getByRole('region', { name: 'Lines of the log' });
const lineOf = (page: Page, n: number): Locator => lines(page).getByText(`line ${n} of the log`, { exact: false }).first();
/** What one copies who selects from one line to another. */
const copied = (page: Page, from: number, to: number): Promise<string> =>
  page.evaluate<string>(`(() => {
    const rows = [...document.querySelectorAll('.log-rows > li')];
    const row = (n) => rows.find(({ textContent }) => textContent.includes('line ' + n + ' of the log'));
    getSelection().setBaseAndExtent(row(${from}), 0, row(${to}), row(${to}).childNodes.length);
    return getSelection().toString();
  })()`);

/** Long logs: read, searched, copied, followed. */
export function logJourneys(world: () => World): void {
  /** The release's log, with lines that were written into it. */
  const writeInto = async (release: string, from: number, count: number): Promise<void> => {
    const { platform } = world();
    const writer = await openWriter(platform);
    try {
      await (await RunLog.of(release, platform, writer)).write(numbered(from, count));
    } finally {
      await writer.close();
    }
  };

  it('reads a long log by keys, searches it, shows only what matches, and copies across lines', async () => {
    const { release_id: id } = await world().running('logged');
    await writeInto(id, 0, LINES);
    const page = await world().enter('viewer');
    await world().go(page, `/releases/${id}`);
    await lines(page).focus();
    await lineOf(page, 0).waitFor();
    await page.keyboard.press('End');
    await lineOf(page, LINES - 1).waitFor();
    await page.keyboard.press('Home');
    await lineOf(page, 0).waitFor();
    expect(await copied(page, 1, 3)).toMatch(
      /^\S+ {2}verify · line 1 of the log\s*\n\S+ {2}verify · line 2 of the log\s*\n\S+ {2}verify · line 3 of the log\s*$/,
    );

    const field = page.getByLabel('Search the log');
    await field.fill('LOG NEEDLE');
    await page.getByText('5 matches', { exact: true }).waitFor();
    await field.press('Enter');
    await page.getByText('1 of 5 matches').waitFor();
    expect(await page.locator('.log-rows mark[data-current]').allInnerTexts()).toEqual(['log ', 'nee', 'dle']);
    await field.press('Shift+Enter');
    await page.getByText('5 of 5 matches').waitFor();
    await lineOf(page, 4 * NEEDLE_EVERY + 5).waitFor();
    await page.getByRole('button', { name: 'Only lines that match' }).press('Enter');
    await eventuallyRows(page, 5);
    await shot(page, 'release-log-found');
    await page.getByRole('button', { name: 'Only lines that match' }).press('Enter');
    await lineOf(page, 4 * NEEDLE_EVERY + 4).waitFor();
  });

  it('follows what is written until one scrolls away, and again from the end', async () => {
    const { platform } = world();
    const developer = platform.as('developer');
    await world().place('followed');
    await developer.push('1.7.0', { watchMs: 60_000 });
    const { release_id: id } = await developer.start({ artifact: '1.7.0', environment: 'followed' });
    await developer.until(id, ['verifying']);
    await writeInto(id, 0, LINES);
    const page = await world().enter('viewer');
    await world().go(page, `/releases/${id}`);
    await lineOf(page, LINES - 1).waitFor();
    await writeInto(id, LINES, 50);
    await lineOf(page, LINES + 49).waitFor();

    await lines(page).hover();
    await page.mouse.wheel(0, -400);
    await lineOf(page, LINES + 20).waitFor();
    const count = page.getByLabel('Search the log');
    await count.fill('of the log');
    await page.getByText(`${LINES + 50} matches`, { exact: true }).waitFor();
    await writeInto(id, LINES + 50, 50);
    await page.getByText(`${LINES + 100} matches`, { exact: true }).waitFor();
    expect(await lineOf(page, LINES + 99).count()).toBe(0);
    await page.getByRole('button', { name: 'Go to the end' }).click();
    await lineOf(page, LINES + 99).waitFor();
    await writeInto(id, LINES + 100, 50);
    await lineOf(page, LINES + 149).waitFor();
  });
}

const eventuallyRows = (page: Page, count: number): Promise<unknown> =>
  page.waitForFunction(`document.querySelectorAll('.log-rows > li').length === ${count}`);
