import { createApiClient } from '@slipway/api-client';
import { choose, shot, type World } from './world';

/** Who may do what, arranged in the page. */
export function peopleJourneys(world: () => World): void {
  it('gives a token a new secret, and the old one ends at once', async () => {
    const { platform } = world();
    const page = await world().enter('developer');
    await world().go(page, '/settings?tab=tokens');
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByLabel('Name').fill('pipeline');
    await page.getByRole('button', { name: 'Make the token' }).click();
    const first = await page.locator('.secret code').innerText();
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: 'Rotate pipeline' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    const second = await page.locator('.secret code').innerText();
    expect(second).not.toBe(first);
    const session = (token: string) => createApiClient({ baseUrl: platform.url, token }).GET('/api/v1/session', {});
    await expect(session(first)).rejects.toMatchObject({ status: 401 });
    expect((await session(second)).data).toMatchObject({ actor_id: 'developer' });
  });

  it('makes a team and a role, gives it to the team, and the access view tells it of its members', async () => {
    const page = await world().enter('admin');
    await world().go(page, '/settings?tab=teams');
    await page.getByRole('button', { name: 'New team' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('night-watch');
    await dialog.getByLabel('Members').fill('viewer');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Keep the team' }).click();
    await page.getByRole('table', { name: 'Teams' }).getByText('night-watch').first().waitFor();

    await page.getByRole('tab', { name: 'Roles' }).click();
    await page.getByRole('button', { name: 'Define a role' }).click();
    await dialog.getByLabel('Name').fill('undoer');
    await dialog.getByRole('checkbox', { name: 'deploy:release:rollback' }).check();
    await dialog.getByRole('button', { name: 'Define the role' }).click();
    await page.getByRole('table', { name: 'Roles' }).getByText('undoer').first().waitFor();

    await page.getByRole('button', { name: 'Give a role' }).click();
    await choose(page, 'To', 'a team');
    await dialog.getByRole('combobox', { name: 'Who' }).fill('night-watch');
    await page.keyboard.press('Tab');
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'undoer' }).click();
    await dialog.getByRole('button', { name: 'Give the role' }).click();
    await dialog.waitFor({ state: 'detached' });
    const bindings = page.getByRole('table', { name: 'Role bindings' });
    await bindings.getByRole('row', { name: /night-watch.*undoer/ }).waitFor();

    await world().go(page, '/settings?tab=access&permission=deploy:release:rollback');
    const access = page.getByRole('table', { name: /Who may do what/ });
    await access
      .getByText(/undoer/)
      .first()
      .waitFor();
    await shot(page, 'settings-team-access');

    await page.getByRole('tab', { name: 'Roles' }).click();
    await bindings
      .getByRole('row', { name: /night-watch/ })
      .getByRole('button')
      .click();
    await page.getByRole('dialog').getByRole('button', { name: /Take/ }).click();
    await bindings.getByText('night-watch').waitFor({ state: 'detached' });
  });
}
