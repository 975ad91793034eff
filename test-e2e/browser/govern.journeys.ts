import { createApiClient } from '@slipway/api-client';
import type { Locator, Page } from 'playwright-core';
import { choose, focusIsKept, misnested, seriousProblems, shot, VERSION, type World } from './world';

const WIDER = [
  { choice: 'All of demo', where: 'the project demo', says: 'project' },
  { choice: 'Everywhere', where: 'the whole platform', says: 'platform' },
] as const;

/** Fills a freeze window that begins today; of the environment, or of what is around it. */
async function fillWindow(page: Page, name: string, choice?: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Set a freeze window' }).click();
  const dialog = page.getByRole('dialog', { name: /freeze window/ });
  if (choice) await dialog.getByText(choice, { exact: true }).click();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Begins first').click();
  const today = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Berlin' }).format();
  await page.getByRole('button', { name: today }).click();
  await page.locator('.mantine-DateTimePicker-submitButton').click();
  await dialog.getByLabel('Lasts (hours)').fill('48');
  await dialog.getByLabel('Reason').fill('nobody is here');
  return dialog;
}

/** What those do who answer for places and people. */
export function governJourneys(world: () => World): void {
  it('stops the line with a reason, which a deployment then reads, and resumes it', async () => {
    await world().place('line');
    const admin = await world().enter('admin');
    await world().go(admin, '/environments?environment=line');
    await admin.getByRole('button', { name: 'Stop the line' }).click();
    const dialog = admin.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Stop the line' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('incident 42');
    await dialog.getByRole('button', { name: 'Stop the line' }).click();
    await admin.getByText('Stopped', { exact: true }).waitFor();
    await shot(admin, 'environments-stopped');

    const developer = await world().enter('developer');
    await world().go(developer, '/deploy?service=hello&artifact=1.0.0&environment=line');
    await developer.getByRole('button', { name: 'Preview', exact: true }).click();
    await developer
      .getByText(/incident 42/)
      .first()
      .waitFor();

    await admin.getByRole('button', { name: 'Resume line' }).click();
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await admin.getByText('Open', { exact: true }).waitFor();
    await focusIsKept(admin);
  });

  it.each(WIDER)('stops all of $where and freezes it, seen and ended where it is only inherited', async ({ choice, where, says }) => {
    await world().place('inner');
    const page = await world().enter('admin');
    await world().go(page, '/environments?environment=inner');
    const dialog = page.getByRole('dialog');
    const mark = (text: string) => page.locator('.panel-head', { hasText: 'Freeze and stop-the-line' }).getByText(text, { exact: true });
    await page.getByRole('button', { name: 'Stop the line' }).click();
    await dialog.getByText(choice, { exact: true }).click();
    await dialog.getByLabel('Reason').fill(`incident of ${says}`);
    await dialog.getByRole('button', { name: 'Stop the line' }).click();
    await mark('Stopped').waitFor();

    await page.getByRole('tab', { name: 'Development' }).click();
    await mark('Stopped').waitFor();
    const facts = page.locator('dl', { hasText: `incident of ${says}` });
    await facts.getByText(`the ${says}; ask admin`).waitFor();
    await page.getByRole('button', { name: `Resume ${where}` }).click();
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await mark('Open').waitFor();

    await fillWindow(page, `quiet-${says}`, choice);
    expect(await seriousProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Set the window' }).click();
    await mark('Frozen').waitFor();
    await page.getByRole('tab', { name: 'Inner' }).click();
    await mark('Frozen').waitFor();
    const windows = page.getByRole('list', { name: 'Freeze windows' });
    await windows.getByText(`of the ${says}`).waitFor();
    await page.getByRole('button', { name: `Remove the window quiet-${says}` }).click();
    await dialog.getByText(`It no longer closes ${where}`).waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await mark('Open').waitFor();
    await focusIsKept(page);
  });

  it('sets a freeze window, and shows when it opens', async () => {
    await world().place('calendar');
    const page = await world().enter('admin');
    await world().go(page, '/environments?environment=calendar');
    const dialog = await fillWindow(page, 'holidays');
    expect(await seriousProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Set the window' }).click();
    await page.getByText('Frozen', { exact: true }).waitFor();
    await page.getByRole('list', { name: 'Freeze windows' }).getByText('nobody is here').waitFor();
    expect(await page.locator('dl', { hasText: 'Opens' }).locator('time').count()).toBeGreaterThan(0);
    await shot(page, 'environments-frozen');
  });

  it('follows what workloads write, tries the target, and tells the policy’s versions', async () => {
    await world().platform.as('developer').push('1.3.0', { says: '\u001b[32mready to serve\u001b[0m' });
    await world().running('watched', '1.3.0');
    await world()
      .platform.api('admin')
      .PUT('/api/v1/environments/{id}/policy', {
        params: { path: { id: 'watched' }, query: { project: 'demo' } },
        body: { policy: { priority: 'P2' }, reason: 'it matters more now' },
      });
    const page = await world().enter('viewer');
    await world().go(page, '/environments?environment=watched');
    await page.getByRole('button', { name: 'Logs of hello' }).click();
    await page.locator('.log-text').getByText('ready to serve').first().waitFor();
    await page.getByRole('button', { name: 'Try the connection' }).click();
    await page.getByText('reachable').waitFor();
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('list', { name: 'Versions of the policy' }).getByText('it matters more now').waitFor();
    expect(await misnested(page)).toBeUndefined();
    await shot(page, 'environments-logs');
    await page.getByRole('button', { name: 'Diagnosis of hello' }).click();
    await page.getByText(/replicas are ready/).waitFor();
  });

  it('gives programs tokens: shown once, bounded, and ended', async () => {
    const { platform } = world();
    const page = await world().enter('developer');
    await world().go(page, '/settings?tab=tokens');
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByLabel('Name').fill('laptop');
    await choose(page, 'Works for', 'a day');
    await page.getByRole('button', { name: 'Make the token' }).click();
    const secret = await page.locator('.secret code').innerText();
    await shot(page, 'settings-secret');
    const program = createApiClient({ baseUrl: platform.url, token: secret });
    expect((await program.GET('/api/v1/session', {})).data).toMatchObject({ actor_id: 'developer', method: 'access_token' });
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: 'Revoke laptop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page
      .getByRole('row', { name: /laptop/ })
      .getByText('revoked')
      .waitFor();
    expect(await page.getByText(secret).count()).toBe(0);
    await expect(program.GET('/api/v1/session', {})).rejects.toMatchObject({ code: 'token_revoked' });
  });

  it('makes an agent, gives it a role, and tells who may what and why', async () => {
    const page = await world().enter('admin');
    await world().go(page, '/settings?tab=accounts');
    await page.getByRole('button', { name: 'New account' }).click();
    await page.getByLabel('Name').fill('review-bot');
    await choose(page, 'Acts for', /in the project/);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('table', { name: 'Accounts' }).getByText('review-bot').first().waitFor();
    await shot(page, 'settings-accounts');
    await page.getByRole('tab', { name: 'Roles' }).click();
    await page.getByRole('button', { name: 'Give a role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Who' }).fill('account:demo/review-bot');
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'viewer' }).click();
    await dialog.getByRole('button', { name: 'Give the role' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Who may what' }).click();
    const row = page.getByRole('row', { name: /review-bot/ });
    expect(await row.innerText()).toMatch(/viewer, project demo[\s\S]*deploy:release:read/);
    await shot(page, 'settings-access');
  });

  it('signs people in by the identity provider, with what their groups may, and comes back to where they went', async () => {
    const page = await world().visit('/releases');
    await page.getByRole('link', { name: 'Sign in with Example Login' }).click();
    await page.locator('input[name=login]').fill('ann');
    await page.locator('input[name=password]').fill('x');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]', { hasText: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Releases' }).waitFor();
    await page.getByRole('button', { name: /Signed in as Name of ann/ }).waitFor();
    await page.getByRole('link', { name: 'Deploy', exact: true }).first().click();
    // The list that is left has a field of the same name.
    await page.getByRole('heading', { name: 'Deploy', exact: true }).waitFor();
    await choose(page, 'Service', 'Hello');
    await choose(page, 'Version', new RegExp(`^${VERSION} `));
    await choose(page, 'Environment', /Development/);
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByRole('heading', { name: /What will happen/ }).waitFor();
  });
}
