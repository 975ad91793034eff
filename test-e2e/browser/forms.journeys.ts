import type { BrowserContextOptions, Page } from 'playwright-core';
import { inBothSchemes, seriousProblems, shot, untilTrue, type World } from './world';

/** A form where it opens, and what stands there once it is open. */
const FORMS: readonly { name: string; path: string; button: RegExp; ready: string }[] = [
  { name: 'policy-editor', path: '/environments?environment=dev', button: /^Change the policy/, ready: 'What may run here' },
  { name: 'target-form', path: '/environments?environment=dev', button: /^New target/, ready: 'First port' },
  { name: 'environment-form', path: '/environments?environment=dev', button: /^New environment/, ready: 'Its first policy' },
  { name: 'webhook-form', path: '/settings?tab=webhooks', button: /^New webhook/, ready: 'Told of' },
];
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const SCREENS: readonly { screen: string; options: BrowserContextOptions }[] = [
  { screen: 'desk', options: {} },
  { screen: 'phone', options: PHONE },
];
/** The focus comes back once a dialog has gone, which takes its time with motion. */
const MOVING: BrowserContextOptions = { reducedMotion: 'no-preference' };

/** Dialogs of the settings and places, each by the button that opens it. */
const DIALOGS: readonly { path: string; button: string }[] = [
  { path: '/settings?tab=tokens', button: 'New token' },
  { path: '/settings?tab=accounts', button: 'New account' },
  { path: '/settings?tab=roles', button: 'Define a role' },
  { path: '/settings?tab=teams', button: 'New team' },
  { path: '/settings?tab=roles', button: 'Give a role' },
  { path: '/environments?environment=dev', button: 'Set a freeze window' },
  { path: '/environments?environment=dev', button: 'Stop the line' },
  { path: '/environments?environment=dev', button: 'Delete local' },
];

/** What holds for every form in which places and notices are governed. */
export function formsJourneys(world: () => World): void {
  it.each(SCREENS)(
    'opens its forms without anything that axe finds serious, in light and in dark colours, and no wider than the screen: $screen',
    async ({ screen, options }) => {
      const page = await world().enter('admin', options);
      const found: Record<string, unknown> = {};
      for (const { name, path, button, ready } of FORMS) {
        await world().see(page, path, () => page.getByRole('button', { name: button }).waitFor());
        await page.getByRole('button', { name: button }).click();
        await page.getByRole('dialog').getByText(ready).first().waitFor();
        await inBothSchemes(page, async (scheme) => {
          const problems = await seriousProblems(page);
          if (problems.length > 0) found[`${name}, ${scheme}`] = problems;
          await shot(page, `${name}-${screen}-${scheme}`);
        });
        expect([name, await widthOf(page)]).toEqual([name, page.viewportSize()!.width]);
      }
      expect(found).toEqual({});
    },
  );

  it('is left by Escape, and the focus goes back to what opened it', async () => {
    const page = await world().enter('admin', MOVING);
    await world().see(page, '/settings?tab=webhooks', () => page.getByRole('button', { name: 'New webhook' }).waitFor());
    await page.getByRole('button', { name: 'New webhook' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('URL', { exact: true }).waitFor();
    await page.keyboard.type('https://ci.example.com');
    expect(await page.getByRole('dialog').getByLabel('URL', { exact: true }).inputValue()).toBe('https://ci.example.com');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focusedIs(page, 'New webhook');
  });

  it('gives the focus back from every dialog of the settings and places to the button that opened it', async () => {
    const page = await world().enter('admin', MOVING);
    for (const { path, button } of DIALOGS) {
      const opener = page.getByRole('button', { name: button }).first();
      await world().see(page, path, () => opener.waitFor());
      await opener.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await focusedIs(page, button);
    }
  });
}

/** Waits until a button has the focus. */
const focusedIs = (page: Page, button: string): Promise<void> =>
  untilTrue(
    page,
    `[document.activeElement?.textContent, document.activeElement?.getAttribute('aria-label')].includes(${JSON.stringify(button)})`,
  );

const widthOf = (page: Page): Promise<number> => page.evaluate<number>('document.scrollingElement.scrollWidth');
