import { readFileSync } from 'node:fs';
import { startLoad } from '@slipway/platform-driver';
import type { Page } from 'playwright-core';
import { choose, shot, type World } from './world';

const idIn = (page: Page): string => new URL(page.url()).searchParams.get('release')!;

async function chooseHello(page: Page, version: string, environment: RegExp): Promise<void> {
  await page.getByRole('link', { name: 'Deploy', exact: true }).first().click();
  await choose(page, 'Service', 'Hello');
  await choose(page, 'Version', new RegExp(`^${version} `));
  await choose(page, 'Environment', environment);
}

/** Times are of the reader's zone, every line says something, and what is taken along is as it was written. */
async function readsItsLog(page: Page): Promise<void> {
  await page.getByRole('heading', { name: /^Log, times in (GMT\+[12]|CES?T)$/ }).waitFor();
  const lines = page.getByRole('region', { name: 'Lines of the log' }).getByRole('listitem');
  await page.getByRole('region', { name: 'Lines of the log' }).focus();
  await page.keyboard.press('Home');
  await lines.filter({ hasText: 'unpacking artifact' }).first().waitFor();
  const { datetime, shown, copied } = await page.evaluate<{ datetime: string; shown: string; copied: string }>(`(() => {
    const line = [...document.querySelectorAll('.log-lines li')].find(({ textContent }) => textContent.includes('unpacking artifact'));
    const time = line.querySelector('time');
    getSelection().selectAllChildren(line);
    return { datetime: time.dateTime, shown: time.textContent, copied: getSelection().toString().trim() };
  })()`);
  const hour = new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Berlin' }).format(new Date(datetime));
  expect(shown).toMatch(new RegExp(`^${hour}:.*[.,]${datetime.slice(20, 23)}$`));
  expect(copied).toMatch(/^unpacking artifact/);
  const said = await lines.locator('.log-content').allInnerTexts();
  expect(said.filter((text) => text.trim() === '')).toEqual([]);
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const file = readFileSync(await (await downloaded).path(), 'utf8');
  expect(file).toContain(`${datetime} prepare unpacking artifact`);
}

/** What people do alone: choose, preview, confirm, follow. */
export function deployJourneys(world: () => World): void {
  it('deploys to dev in four steps, and a reload changes nothing at any of them', async () => {
    await world().place('first');
    const page = await world().enter('developer');
    await chooseHello(page, '1.0.0', /^First/);
    await page.getByLabel('Reason').fill('first of its kind');
    await page.getByRole('heading', { name: 'Deploy' }).click();
    await page.reload();
    expect(await page.getByLabel('Reason').inputValue()).toBe('first of its kind');
    await shot(page, 'deploy-choose');
    await page.getByRole('button', { name: 'Preview', exact: true }).click();

    await page.getByRole('heading', { name: /What will happen/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /What will happen/ }).waitFor();
    await page.getByText('preview holds').waitFor();
    await page.getByRole('region', { name: 'Differences of the manifest' }).getByText('server.mjs').first().waitFor();
    await shot(page, 'deploy-preview');
    await page.getByRole('button', { name: 'Continue' }).click();

    await page.getByRole('button', { name: 'Deploy now' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Deploy now' }).click();

    await page.getByRole('list', { name: 'Lifecycle' }).getByText('Applying').waitFor();
    await page.reload();
    await page.locator('.tone', { hasText: 'Applied' }).first().waitFor();
    expect((await world().platform.as('viewer').release(idIn(page))).reason).toBe('first of its kind');
    await page.goto(world().platform.url);
    await page.locator('td[data-label="First"]').getByText('1.0.0').waitFor();
  });

  it('follows a failing release to its automatic rollback, the error under the step that failed', async () => {
    const developer = world().platform.as('developer');
    await world().running('failing');
    await developer.push('1.1.0-bad', { health: 'late', watchMs: 2_500, replicas: 2 });
    const page = await world().enter('developer');
    await chooseHello(page, '1.1.0-bad', /^Failing/);
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Deploy now' }).click();
    await page.locator('.tone', { hasText: 'Rolled back' }).first().waitFor();
    const failing = page.locator('li[data-state="failed"]', { hasText: 'Verify what runs' });
    expect(await failing.getByRole('alert').innerText()).toMatch(/replicas of web/);
    await page.getByText('Automatic: the release failed its verification').waitFor();
    await page.getByRole('button', { name: 'Raw payload' }).click();
    await page.getByLabel('Raw diagnostics').getByText('"outcome"').waitFor();
    await page
      .getByText(/unpacking artifact/)
      .first()
      .waitFor();
    await readsItsLog(page);
    await shot(page, 'release-rolled-back');
    await page.goto(world().platform.url);
    await page.locator('td[data-label="Failing"]').getByText('1.0.0').waitFor();
  });

  it('moves the canary’s charts while traffic flows', async () => {
    const { platform } = world();
    const developer = platform.as('developer');
    const before = await world().running('canary');
    await developer.push('1.2.0', { replicas: 2, delayMs: 3 });
    const load = startLoad(before.url!, { connections: 6, pauseMs: 2 });
    try {
      const steps = [10, 30, 60, 100].map((percent) => ({ percent, duration_ms: 1_800 }));
      const thresholds = { max_error_rate: 0.2, min_requests: 5 };
      const page = await world().enter('viewer');
      const release = await developer.start({ artifact: '1.2.0', environment: 'canary', strategy: { type: 'canary', steps, thresholds } });
      await world().go(page, `/releases/${release.release_id}`);
      await page.locator('.charts[data-points]:not([data-points="4"])').waitFor();
      await page.locator('.charts[data-points="4"]').waitFor();
      await page.locator('.tone', { hasText: 'Applied' }).first().waitFor();
      await page.getByText(/requests to the canary at 100 %/).scrollIntoViewIfNeeded();
      await page.mouse.wheel(0, 320);
      await shot(page, 'release-canary');
    } finally {
      await load.stop();
    }
  });

  it('previews again in one press when a preview has expired', async () => {
    await world().place('brief', { preview_ttl_s: 3 });
    const page = await world().enter('developer');
    await chooseHello(page, '1.0.0', /Brief/);
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByText('This preview has expired').waitFor();
    expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
    await shot(page, 'deploy-expired');
    const expired = idIn(page);
    await page.getByRole('button', { name: 'Preview again' }).click();
    await page.getByText('preview holds').waitFor();
    expect(idIn(page)).not.toBe(expired);
  });

  it('shows a refusal in the platform’s own words: a held slot, a permission that is lacking', async () => {
    const { platform } = world();
    const developer = platform.as('developer');
    await world().running('held');
    const draft = await developer.preview({ artifact: '1.0.0', environment: 'held', variables: { GREETING: 'held' } });
    await developer.api.POST('/api/v1/deploy/slots/{id}/hold', {
      params: { path: { id: draft.slot_id } },
      body: { reason: 'incident 42' },
    });
    const page = await world().enter('developer');
    await world().go(page, `/deploy?release=${draft.release_id}&step=confirm`);
    await page.getByRole('button', { name: 'Deploy now' }).click();
    const refusal = page.getByRole('alert');
    expect(await refusal.innerText()).toMatch(/held.*incident 42|incident 42/s);
    await shot(page, 'deploy-refused');
    await world().go(page, '/environments?environment=held');
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Hold' }).waitFor();

    const viewer = await world().enter('viewer');
    await world().go(viewer, '/deploy?service=hello&artifact=1.0.0&environment=dev');
    await viewer.getByText('Previewing takes deploy:release:apply').waitFor();
    expect(await viewer.getByRole('button', { name: 'Preview', exact: true }).isDisabled()).toBe(true);
  });
}
