import type { Page } from 'playwright-core';
import { PATIENCE_MS, seriousProblems, shot, type World } from './world';

async function say(page: Page, what: string): Promise<void> {
  await page.getByLabel('Say what you want').fill(what);
  await page.keyboard.press('Enter');
}

/** What people say in words. */
export function askJourneys(world: () => World): void {
  it('takes what is said to production: proposed on a preview, nothing done before the name is typed, approved from the conversation', async () => {
    const { platform } = world();
    const page = await world().enter('developer');
    await page.keyboard.press('Alt+c');
    await page.getByText('What do you want?').waitFor();
    await say(page, 'deploy hello 1.0.0 to prod because OPS-9');
    await page.getByRole('heading', { name: /What will happen/ }).waitFor();
    await page.getByText('preview holds').waitFor();
    await shot(page, 'ask-proposal');
    const proposed = (
      await platform.api('viewer').GET('/api/v1/ai/intents', { params: { query: { project: 'demo', status: 'proposed' } } })
    ).data!;
    const { release_id: id } = proposed.items[0]!.proposal!;
    expect((await platform.as('viewer').release(id)).status).toBe('previewed');

    await page.getByRole('button', { name: 'Ask for approval' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Ask for approval' });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel(/Type prod to confirm/).fill('prod');
    await confirm.click();
    await page.getByRole('heading', { name: 'Approval ticket' }).waitFor();
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    await page.reload();
    await page.getByText('deploy hello 1.0.0 to prod because OPS-9').first().waitFor();

    const approver = await world().enter('approver');
    await world().go(approver, '/ask');
    await approver.getByRole('button', { name: 'what is waiting for me' }).click();
    await approver.getByRole('heading', { name: 'Approval ticket' }).first().waitFor();
    expect(await seriousProblems(approver)).toEqual([]);
    await shot(approver, 'ask-waiting');
    const ticket = (await platform.as('viewer').release(id)).approval_ticket!;
    await approver.locator(`section.panel:has(a[href*="${ticket}"])`).getByRole('button', { name: 'Approve' }).click();
    await page.locator('.tone', { hasText: 'Applied' }).first().waitFor();
  });

  it('asks back where several could be meant, and takes a proposal off the table', async () => {
    await Promise.all([world().running('asked-one'), world().running('asked-two')]);
    const page = await world().enter('developer');
    await world().go(page, '/ask');
    await say(page, 'roll back hello');
    await page.getByRole('button', { name: /in asked-two/ }).waitFor();
    await say(page, 'deploy hello 1.0.0 to asked-one because again');
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('Taken back; nothing was done.').waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByRole('button', { name: 'Deploy now' }).click({ timeout: PATIENCE_MS });
    await page.getByRole('dialog').getByRole('button', { name: 'Deploy now' }).click();
    await page.locator('.tone', { hasText: 'Applied' }).first().waitFor();
    await say(page, 'status of hello in asked-one');
    await page.getByRole('link', { name: /^rel-/ }).last().waitFor();
  });
}
