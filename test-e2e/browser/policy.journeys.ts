import { choose, shot, type World } from './world';

/** What an environment asks for, changed in the page. */
export function policyJourneys(world: () => World): void {
  it('changes the policy of a development environment: wrong at its field, previewed, with a reason, kept as a version', async () => {
    await world().place('ruled');
    const page = await world().enter('admin');
    await world().go(page, '/environments?environment=ruled');
    await page.getByRole('button', { name: /^Change the policy/ }).click();
    const editor = page.getByRole('dialog', { name: /^Policy of/ });
    await editor.getByRole('checkbox', { name: 'Apply a release' }).check();
    await editor.getByLabel('Approvals', { exact: true }).fill('2');
    await editor.getByRole('combobox', { name: 'Only by' }).fill('approver');
    await page.keyboard.press('Enter');
    await editor.getByRole('button', { name: 'See what it would mean' }).click();
    await editor.getByText(/2 approvals cannot come from 1 named approver/).waitFor();
    await shot(page, 'policy-wrong');
    await editor.getByLabel('Approvals', { exact: true }).fill('1');
    await choose(page, 'With permission', /deploy:release:approve/);
    await editor.getByLabel('Approvals from high risk').fill('1');
    await editor.getByLabel('Priority from high risk').click();
    await page.getByRole('option', { name: 'P0' }).click();
    await editor.getByRole('button', { name: 'See what it would mean' }).click();
    const changes = editor.getByLabel('Changes', { exact: true });
    await changes.getByText('from high risk: one approval, P0').waitFor();
    const change = editor.getByRole('button', { name: 'Change the policy' });
    expect(await change.isDisabled()).toBe(true);
    await editor.getByLabel('Reason').fill('people depend on it now');
    await shot(page, 'policy-preview');
    await change.click();
    await editor.getByText('The policy is changed').waitFor();
    await editor.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Versions' }).click();
    const versions = page.getByRole('list', { name: 'Versions of the policy' });
    await versions.getByText('people depend on it now').waitFor();

    const { platform } = world();
    const release = await platform.as('developer').start({ artifact: '1.0.0', environment: 'ruled' });
    expect(release.approval_ticket).not.toBeNull();
    await platform.as('approver').reject(release.approval_ticket!);
  });

  it('asks the inbox for a change of production’s policy, jumps to the ticket, and shows the change when somebody else approves', async () => {
    const page = await world().enter('admin');
    await world().go(page, '/environments?environment=prod');
    await page.getByRole('button', { name: /^Change the policy/ }).click();
    const editor = page.getByRole('dialog', { name: /^Policy of/ });
    await editor.getByLabel('Ticket holds', { exact: true }).fill('45');
    await editor.getByRole('button', { name: 'See what it would mean' }).click();
    await editor.getByText('This change is decided in the inbox').waitFor();
    await editor.getByLabel('Reason').fill('tickets end too early');
    const ask = editor.getByRole('button', { name: 'Ask for approval' });
    expect(await ask.isDisabled()).toBe(true);
    await editor.getByLabel(/^Type prod/).fill('prod');
    await ask.click();
    await editor.getByText('It waits for approval').waitFor();
    await editor.getByRole('link', { name: 'Open its ticket' }).click();
    await page.getByRole('dialog').getByText('tickets end too early').first().waitFor();
    await page.getByRole('dialog').getByLabel('Changes', { exact: true }).getByText('45 min').waitFor();
    const ticket = new URL(page.url()).searchParams.get('ticket')!;
    await shot(page, 'policy-ticket');

    const viewer = await world().enter('viewer');
    await world().go(viewer, '/environments?environment=prod');
    await viewer.getByText('A change waits').waitFor();
    expect(await viewer.getByRole('button', { name: /^Change the policy/ }).count()).toBe(0);
    await world().platform.as('approver').approve(ticket);
    await viewer.locator('dt', { hasText: 'Ticket holds' }).locator('xpath=following-sibling::dd[1]').getByText('45 min').waitFor();
    await viewer.getByText('A change waits').waitFor({ state: 'detached' });
  });
}
