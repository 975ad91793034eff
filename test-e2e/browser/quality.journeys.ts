import type { Page } from 'playwright-core';
import { inBothSchemes, misnested, seriousProblems, shot, VERSION, type World } from './world';

interface View {
  readonly name: string;
  readonly path: string;
  /** What stands there once it is drawn. */
  readonly ready: (page: Page) => Promise<unknown>;
}

const views = (release: string, draft: string): View[] => [
  { name: 'board', path: '/', ready: (page) => page.locator('.board').waitFor() },
  { name: 'deploy', path: '/deploy?service=hello&environment=dev', ready: (page) => page.getByLabel('Reason').waitFor() },
  {
    name: 'deploy-preview',
    path: `/deploy?release=${draft}&step=preview`,
    ready: (page) => page.getByRole('region', { name: 'Differences of the manifest' }).getByText('server.mjs').first().waitFor(),
  },
  {
    name: 'deploy-confirm',
    path: `/deploy?release=${draft}&step=confirm`,
    ready: (page) => page.getByLabel(/Type prod to confirm/).waitFor(),
  },
  { name: 'releases', path: '/releases', ready: (page) => page.locator('.virtual-table').waitFor() },
  { name: 'release', path: `/releases/${release}`, ready: (page) => page.locator('.log-text').waitFor() },
  {
    name: 'release-preview',
    path: `/releases/${release}?tab=preview`,
    ready: (page) => page.getByRole('region', { name: 'Differences of the manifest' }).getByText('server.mjs').first().waitFor(),
  },
  { name: 'release-record', path: `/releases/${release}?tab=record`, ready: (page) => page.locator('.record').waitFor() },
  { name: 'inbox', path: '/inbox?tab=all', ready: (page) => page.locator('.virtual-table').waitFor() },
  { name: 'environments', path: '/environments?environment=prod', ready: (page) => page.getByText('Preview holds').waitFor() },
  { name: 'audit', path: '/audit', ready: (page) => page.locator('.virtual-table').waitFor() },
  { name: 'ask', path: '/ask', ready: (page) => page.getByRole('button', { name: 'what is waiting for me' }).waitFor() },
  { name: 'settings', path: '/settings', ready: (page) => page.getByText('deploy:approval:review').waitFor() },
  { name: 'settings-tokens', path: '/settings?tab=tokens', ready: (page) => page.getByRole('table', { name: 'Tokens' }).waitFor() },
  { name: 'settings-roles', path: '/settings?tab=roles', ready: (page) => page.getByRole('table', { name: 'Roles' }).waitFor() },
  {
    name: 'settings-webhooks',
    path: '/settings?tab=webhooks',
    ready: (page) => page.getByRole('button', { name: 'New webhook' }).waitFor(),
  },
  { name: 'settings-mail', path: '/settings?tab=mail', ready: (page) => page.getByText('Where you read mail').waitFor() },
  {
    name: 'settings-platform',
    path: '/settings?tab=platform',
    ready: (page) => page.getByRole('table', { name: 'Read models' }).waitFor(),
  },
  { name: 'settings-projects', path: '/settings?tab=projects', ready: (page) => page.getByRole('table', { name: 'Services' }).waitFor() },
  {
    name: 'settings-access',
    path: '/settings?tab=access',
    ready: (page) => page.getByRole('table', { name: /Who may do what/ }).waitFor(),
  },
];

const draftFor = async ({ platform }: World): Promise<string> =>
  (await platform.as('developer').preview({ artifact: VERSION, environment: 'prod', variables: { GREETING: 'seen' } })).release_id;

/** How far tables reach out of what holds them, in pixels. */
const HIDDEN_IN_TABLES = `Math.max(0, ...[...document.querySelectorAll('.settings-table, .virtual-table')]
  .map(({ parentElement: { scrollWidth, clientWidth } }) => scrollWidth - clientWidth))`;

/** How far the parts of a log's search bar reach out at its left, in pixels. */
const LEFT_OF_LOG = `Math.max(0, ...[...document.querySelectorAll('.react-lazylog-searchbar > *')]
  .map((part) => part.parentElement.getBoundingClientRect().left - part.getBoundingClientRect().left))`;

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What holds for every view. */
export function qualityJourneys(world: () => World): void {
  it('has nothing that axe finds serious, in light and in dark colours', async () => {
    const page = await world().enter('approver', { colorScheme: 'light' });
    const found: Record<string, unknown> = {};
    await world().inProduction();
    const { release_id: id } = await world().running('shown');
    for (const view of views(id, await draftFor(world()))) {
      await world().see(page, view.path, view.ready);
      await inBothSchemes(page, async (scheme) => {
        const problems = await seriousProblems(page);
        if (problems.length > 0) found[`${view.name}, ${scheme}`] = problems;
        await shot(page, `${view.name}-${scheme}`);
      });
      expect([view.name, await misnested(page)]).toEqual([view.name, undefined]);
    }
    expect(found).toEqual({});
  });

  it('fits a phone: nothing wider than the screen, navigation behind a button', async () => {
    const page = await world().enter('developer', PHONE);
    await world().inProduction();
    const { release_id: id } = await world().running('shown');
    for (const view of views(id, await draftFor(world()))) {
      await world().see(page, view.path, view.ready);
      const width = await page.evaluate<number>('document.scrollingElement.scrollWidth');
      expect([view.name, width]).toEqual([view.name, PHONE.viewport.width]);
      const hidden = await page.evaluate<number>(HIDDEN_IN_TABLES);
      expect([view.name, hidden]).toEqual([view.name, 0]);
      expect([view.name, await page.evaluate<number>(LEFT_OF_LOG)]).toEqual([view.name, 0]);
      await shot(page, `${view.name}-phone`);
    }
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('link', { name: 'Board' }).click();
    await page.locator('.board').waitFor();
  });

  it('is used by keyboard alone: skip link, rows, drawer, and back', async () => {
    await world().inProduction();
    const page = await world().enter('approver');
    await world().see(page, '/inbox?tab=all', () => page.locator('.virtual-table').waitFor());
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to content');
    await page.locator('.virtual-table tbody tr').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Alt+a');
    await page.getByRole('heading', { name: 'Audit' }).waitFor();
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('goes to Audit').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('signs out, keeps everything behind the door, and comes back to where one wanted to go', async () => {
    const page = await world().enter('viewer');
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Token', { exact: true }).waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await shot(page, 'login');
    await world().go(page, '/audit');
    await page.getByLabel('Token', { exact: true }).fill('not.a.token');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Token', { exact: true }).fill(world().platform.token('viewer'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Audit' }).waitFor();
  });
}
