import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';
import { seriousProblems, shot, type World } from './world';

async function exported(page: Page, format: 'CSV' | 'JSON'): Promise<string> {
  const coming: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: format }).click();
  return readFileSync(await (await coming).path(), 'utf8');
}

/** Who did what, where and when. */
export function auditJourneys(world: () => World): void {
  it('finds facts by who, what and when, opens one whole, and exports what was found', async () => {
    await world().running('audited');
    const page = await world().enter('viewer');
    await world().see(page, '/audit', () => page.locator('.virtual-table').waitFor());
    await page.getByRole('combobox', { name: 'Who' }).fill('devel');
    await page.getByRole('option', { name: 'developer' }).click();
    await page.getByRole('combobox', { name: /^What/ }).fill('previewed');
    await page.getByRole('option', { name: 'release.previewed' }).click();
    await page.waitForURL(/actor=developer.*action=release\.previewed/);
    const rows = page.locator('.virtual-table tbody tr[tabindex]');
    await rows.filter({ hasNotText: 'release.previewed' }).first().waitFor({ state: 'detached' });
    await rows.first().focus();
    await page.keyboard.press('Enter');
    const fact = page.getByRole('dialog');
    await fact.getByText('Belongs to', { exact: true }).waitFor();
    expect(JSON.parse(await fact.getByLabel('Details of the fact').innerText())).toHaveProperty('subject');
    expect(await seriousProblems(page)).toEqual([]);
    await shot(page, 'audit-fact');
    await page.keyboard.press('Escape');
    await fact.waitFor({ state: 'detached' });
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('TR');

    const [head, ...lines] = (await exported(page, 'CSV')).trim().split('\r\n');
    expect(head).toMatch(/^position,occurred_at,action/);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => !/,release\.previewed,.*,developer,/.test(line))).toEqual([]);
    const facts = JSON.parse(await exported(page, 'JSON')) as { actor_id: string; action: string }[];
    expect(facts).toHaveLength(lines.length);

    await world().go(page, '/audit?until=2020-01-01T00:00:00.000Z');
    await page.getByText('Nothing matches').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await rows.first().waitFor();
  });

  it('shows what is of no project, too: the platform’s accounts, roles and teams', async () => {
    await world()
      .platform.api('admin')
      .PUT('/api/v1/access/teams/{name}', { params: { path: { name: 'day-watch' } }, body: { members: ['viewer'] } });
    const page = await world().enter('admin');
    await world().see(page, '/audit?action=team.changed', () => page.getByText('Nothing matches').waitFor());
    // What is chosen once more is taken back, by keys alone as well.
    await page.locator('.panel-head').getByRole('combobox', { name: 'Project' }).click();
    await page.getByRole('option', { name: 'Demo' }).click();
    await page.locator('.virtual-table tbody').getByText('day-watch').first().waitFor();
  });
}
