import { seriousProblems, shot, VERSION, type World } from './world';

const MANY = 260;

/** What approvers do all day, and what stays light when there is much of it. */
export function inboxJourneys(world: () => World): void {
  it('is worked by keys alone: tabs, rows, a mention, an assignment, back to the row', async () => {
    await world().waiting('keys');
    const page = await world().enter('approver');
    await world().see(page, '/inbox', () => page.locator('.virtual-table').waitFor());
    await page.keyboard.press('2');
    await page.getByRole('tab', { name: /Pending/, selected: true }).waitFor();
    expect(await page.getByRole('tab', { name: /Pending/ }).innerText()).toMatch(/[1-9]/);
    const row = page.locator('.virtual-table tbody tr[tabindex]').first();
    await row.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Nobody is assigned.').waitFor();
    await drawer.getByLabel('Comment').focus();
    await page.keyboard.type('please look, @app');
    await drawer.getByRole('option', { name: 'approver' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('today');
    expect(await drawer.getByLabel('Comment').inputValue()).toBe('please look, @approver today');
    await drawer.getByRole('button', { name: 'Only comment' }).click();
    await drawer.getByText('commented to approver').waitFor();
    await drawer.getByRole('button', { name: 'Assign to me' }).click();
    await drawer.getByText('Looked at by approver.').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await shot(page, 'inbox-assigned');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('TR');
  });

  it(`keeps as many rows as are in sight, of ${MANY} releases`, async () => {
    await world().place('many');
    const developer = world().platform.as('developer');
    const rest = Array.from({ length: MANY }, (_, index) => index);
    const worker = async (): Promise<void> => {
      for (let next = rest.pop(); next !== undefined; next = rest.pop())
        await developer.preview({ artifact: VERSION, environment: 'many', variables: { N: String(next) } });
    };
    await Promise.all(Array.from({ length: 6 }, worker));
    const page = await world().enter('viewer');
    await world().go(page, '/releases?environment=many');
    const frame = page.getByRole('region', { name: 'Releases' });
    await frame.locator('tr[aria-rowindex="2"]').waitFor();
    const seen = new Set<number>();
    for (let last = 0; last < MANY + 1;) {
      await frame.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await frame.locator(`tr[aria-rowindex="${Math.min(MANY + 1, last < 201 ? 201 : MANY + 1)}"]`).waitFor();
      last = Number(await frame.locator('tr[aria-rowindex]').last().getAttribute('aria-rowindex'));
      seen.add(await frame.locator('tr[aria-rowindex]').count());
    }
    expect(Math.max(...seen)).toBeLessThan(60);
  });
}
