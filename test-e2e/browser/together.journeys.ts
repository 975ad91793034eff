import type { Route } from 'playwright-core';
import { focusIsKept, PATIENCE_MS, shot, type World } from './world';

/** What several people, tabs and connections do at once. */
export function togetherJourneys(world: () => World): void {
  it('takes a production release through a ticket that a second person approves, both watching', async () => {
    const page = await world().enter('developer');
    const second = await world().enter('approver');
    await world().go(page, '/deploy?service=hello&artifact=1.0.0&environment=prod&reason=OPS-7');
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    const ask = page.getByRole('button', { name: 'Ask for approval' });
    expect(await ask.isDisabled()).toBe(true);
    await page.getByLabel(/Type prod to confirm/).fill('production');
    expect(await ask.isDisabled()).toBe(true);
    await page.getByLabel(/Type prod to confirm/).fill('prod');
    await shot(page, 'deploy-confirm');
    await ask.click();
    await page.locator('.tone', { hasText: 'Pending approval' }).first().waitFor();
    await page.getByText(/which you do not have/).waitFor();

    await second.getByRole('heading', { name: /Waiting for you/ }).waitFor();
    await shot(second, 'board-waiting');
    await second.getByRole('link', { name: 'Review' }).last().click();
    const drawer = second.getByRole('dialog');
    await drawer.getByRole('heading', { name: /What will happen/ }).waitFor();
    await drawer.getByLabel('Comment').fill('read it, looks right');
    await shot(second, 'inbox-drawer');
    await drawer.getByRole('button', { name: 'Approve' }).click();
    await drawer.getByText('read it, looks right').waitFor();
    await drawer.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
    await focusIsKept(second);

    await page.getByText('read it, looks right').first().waitFor();
    await page.locator('.tone', { hasText: 'Applied' }).first().waitFor();
    await drawer.getByRole('link', { name: 'Open the release' }).click();
    await second.locator('.tone', { hasText: 'Applied' }).first().waitFor();
    await second.getByRole('tab', { name: 'Record' }).click();
    await second.getByText('OPS-7').waitFor();
    await shot(second, 'release-record');
  });

  it('keeps two tabs of one person at the same point', async () => {
    const first = await world().enter('developer');
    const second = await world().tab(first.context());

    const draft = await world().platform.as('developer').preview({ artifact: '1.0.0', environment: 'staging' });
    await Promise.all([first, second].map((page) => world().go(page, `/releases/${draft.release_id}`)));
    await second.locator('.tone', { hasText: 'Preview' }).first().waitFor();
    await first.getByRole('link', { name: 'Continue' }).click();
    await first.getByRole('button', { name: 'Continue' }).click();
    await first.getByRole('button', { name: 'Deploy now' }).click();
    await Promise.all([first, second].map((page) => page.locator('.tone', { hasText: 'Applied' }).first().waitFor()));
  });

  it('says when the connection is lost, and shows what happened meanwhile when it is back', async () => {
    const { platform } = world();
    await world().place('afterwards');
    const page = await world().enter('viewer');
    await page.locator('.live[data-state="live"]:visible').waitFor();
    await platform.kill('gateway');
    await page.getByText('Connection lost, trying again').locator('visible=true').waitFor();
    await platform.ready();
    const { release_id: id } = await platform.as('developer').start({ artifact: '1.0.0', environment: 'afterwards' });
    await page.locator('.live[data-state="live"]:visible').waitFor();
    await platform.as('viewer').until(id, ['applied'], PATIENCE_MS);
    await page.locator(`td[data-label="Afterwards"] a[href*="${id}"]`).first().waitFor();
  });
  it('says that it is not live when the gateway refuses to tell, and starts over where the log was restored from a backup', async () => {
    const { platform } = world();
    const page = await world().enter('viewer');
    await page.locator('.live[data-state="live"]:visible').waitFor();
    await platform.as('developer').preview({ artifact: '1.0.0' });
    const resumed: (string | undefined)[] = [];
    const refuse = (status: number, code: string) => (route: Route) => {
      resumed.push(route.request().headers()['last-event-id']);
      const problem = { type: 'about:blank', title: 'Refused', status, code, detail: 'Not now.', retryable: false };
      return route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    };
    const events = '**/api/v1/events';
    await page.route(events, refuse(400, 'invalid_request'), { times: 1 });
    await platform.kill('gateway');
    await page.locator('.live[data-state="lost"]:visible').waitFor();
    await platform.ready();
    await page.locator('.live[data-state="live"]:visible').waitFor();
    expect(resumed).toEqual([expect.stringMatching(/^\d+$/)]);

    await page.route(events, refuse(403, 'forbidden'));
    await platform.kill('gateway');
    const mark = page.locator('.live[data-state="refused"]:visible');
    await mark.getByText('Not live').waitFor();
    await platform.ready();
    await page.unroute(events);
    await mark.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.live[data-state="live"]:visible').waitFor();
  });

  it('reads the log of a release that is over once, and not again after a lost connection', async () => {
    const { platform } = world();
    const { release_id: id } = await world().running('dev');
    const page = await world().enter('viewer');
    let reads = 0;
    page.on('request', (request) => (reads += request.url().includes(`/releases/${id}/logs`) ? 1 : 0));
    await world().go(page, `/releases/${id}`);
    await page.locator('.live[data-state="live"]:visible').waitFor();
    const lines = page.getByRole('region', { name: 'Lines of the log' }).locator('> *');
    await lines.first().waitFor();
    const before = reads;
    await platform.kill('gateway');
    await page.getByText('Connection lost, trying again').locator('visible=true').waitFor();
    await platform.ready();
    const timeline = page.waitForResponse((response) => response.url().includes(`/releases/${id}/timeline`) && response.ok());
    await page.locator('.live[data-state="live"]:visible').waitFor();
    await timeline;
    expect(reads).toBe(before);
  });

  it('says that somebody is still signed in where signing out was refused', async () => {
    const page = await world().enter('viewer');
    await page.route('**/auth/logout', (route) => route.abort(), { times: 1 });
    const signOut = async (): Promise<void> => {
      await page
        .getByRole('button', { name: /^Signed in as/ })
        .locator('visible=true')
        .click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
    };
    await signOut();
    await page.getByText('You are still signed in').waitFor();
    await signOut();
    await page.getByLabel('Token', { exact: true }).waitFor();
  });

  it('asks nobody to sign in again because the gateway did not answer for a moment', async () => {
    const page = await world().enter('viewer');
    await page.route('**/api/v1/session', (route) => route.fulfill({ status: 503, body: '' }), { times: 1 });
    await world().go(page, '/');
    await page.getByText('Slipway cannot be reached right now').waitFor();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
  });
}
