import { focusIsKept, seriousProblems, shot, VERSION, type World } from './world';

const MANY = 260;
/** What a page may ask while it takes in MANY events at once, and is scrolled to the end of them. */
const FEW = 40;

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

  it('is handed on: who was delegated to finds it among their own, and decides in the other’s place', async () => {
    const { approval_ticket: ticket } = await world().waiting('handed on');
    const page = await world().enter('approver');
    await world().go(page, `/inbox?ticket=${ticket}`);
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Somebody else').fill('admin');
    await drawer.getByRole('button', { name: 'Delegate' }).click();
    await drawer.getByText('May decide in somebody’s place: admin.').waitFor();
    await drawer.getByText('handed it on → admin').waitFor();

    const other = await world().enter('admin');
    await world().go(other, `/inbox?tab=mine&ticket=${ticket}`);
    const theirs = other.getByRole('dialog');
    await theirs.getByText('handed it on → admin').waitFor();
    await theirs.getByLabel('Comment').fill('in place of approver');
    await theirs.getByRole('button', { name: 'Reject' }).click();
    await drawer.getByText('in place of approver').waitFor();
    expect(await drawer.getByRole('button', { name: 'Reject' }).count()).toBe(0);
    const { data } = await world()
      .platform.api('viewer')
      .GET('/api/v1/approvals/inbox/{id}', { params: { path: { id: ticket! } } });
    expect(data).toMatchObject({ status: 'rejected', decided_by: ['admin'], delegates: ['admin'] });
  });

  it('shows the tickets of every project together, where each is, and those of one again', async () => {
    const admin = world().platform.api('admin');
    await admin.POST('/api/v1/projects', { params: {}, body: { name: 'neighbour', title: 'Neighbour' } });
    const place = { project: 'neighbour', name: 'live', title: 'Live', type: 'production', policy: {} } as const;
    await admin.POST('/api/v1/environments', { params: {}, body: place });
    const params = { path: { id: 'live' }, query: { project: 'neighbour' } };
    await admin.PUT('/api/v1/environments/{id}/policy', { params, body: { policy: { priority: 'P0' }, reason: 'it matters now' } });
    await world().waiting('across');
    const page = await world().enter('admin');
    const rows = page.getByRole('region', { name: 'Tickets' }).locator('tbody tr[tabindex]');
    await world().see(page, '/inbox?tab=pending', () => rows.first().waitFor());
    expect(await rows.filter({ hasText: 'live' }).count()).toBe(0);
    await world().see(page, '/inbox?tab=pending&every=true', () => rows.filter({ hasText: 'neighbour / live' }).waitFor());
    await rows.filter({ hasText: 'demo / prod' }).first().waitFor();
    await shot(page, 'inbox-every-project');
    await rows.filter({ hasText: 'neighbour / live' }).click();
    await page.getByRole('dialog').getByText('it matters now').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('#content').getByRole('combobox', { name: 'Project', exact: true }).click();
    await page.getByRole('option', { name: 'Neighbour' }).click();
    await rows.filter({ hasText: 'hello' }).first().waitFor({ state: 'detached' });
    await rows.filter({ hasText: 'live' }).waitFor();
    expect(await rows.count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('project')).toBe('neighbour');
  });

  it('decides many at once where the risk is low, and offers it nowhere else', async () => {
    await world().place('routine', { approval_for: ['apply'], required_permission: 'deploy:release:approve' });
    const developer = world().platform.as('developer');
    const services = ['routine-one', 'routine-two', 'routine-three'];
    const tickets: string[] = [];
    for (const service of services) {
      await developer.createService(service);
      await developer.push(VERSION, {}, service);
      const { approval_ticket: ticket } = await developer.start({ service, artifact: VERSION, environment: 'routine' });
      tickets.push(ticket!);
    }
    const { approval_ticket: risky } = await world().waiting('risky');
    const page = await world().enter('approver');
    await world().see(page, '/inbox?tab=pending', () => page.getByRole('checkbox', { name: /routine-two/ }).waitFor());
    const rows = page.locator('.virtual-table tbody tr[tabindex]');
    for (const row of await rows.filter({ hasNotText: 'low risk' }).all()) expect(await row.getByRole('checkbox').count()).toBe(0);
    for (const service of services) await page.getByRole('checkbox', { name: new RegExp(service) }).check();
    const decide = page.getByRole('button', { name: 'Decide 3 of low risk' });
    const dialog = page.getByRole('dialog');
    await decide.focus();
    await page.keyboard.press('Enter');
    await dialog.locator('textarea:focus').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Decide 3 of low risk');
    await page.keyboard.press('Enter');
    await dialog.locator('textarea:focus').waitFor();
    await page.keyboard.type('as every week');
    expect(await seriousProblems(page)).toEqual([]);
    await shot(page, 'inbox-bulk');
    // One is decided elsewhere meanwhile, and one does not get through.
    await world().platform.as('approver').reject(tickets[2]!, 'decided in another tab');
    const unheard = `**/approvals/inbox/${tickets[1]}/approve`;
    await page.route(unheard, (route) => route.abort());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.getByText('Decide 2 of low risk together').waitFor();
    const refusal = await dialog.getByRole('alert').innerText();
    expect(refusal).toMatch(/routine-two.*does not answer/);
    expect(refusal).toMatch(/routine-three.*rejected/);
    expect(refusal).not.toMatch(/routine-one/);
    const kept = await dialog.getByRole('listitem').allInnerTexts();
    expect(kept.map((title) => /routine-\w+/.exec(title)?.[0]).sort()).toEqual(['routine-three', 'routine-two']);
    expect(await seriousProblems(page)).toEqual([]);
    await shot(page, 'inbox-bulk-refused');
    await focusIsKept(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('checkbox', { name: /routine-two/ }).isChecked()).toBe(true);
    await page.unroute(unheard);
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Decide 1 of low risk');
    await page.keyboard.press('Enter');
    await dialog.locator('textarea:focus').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('1 request approved').waitFor();
    // The button is gone with what was chosen; keys go on in the list that it was of.
    await dialog.waitFor({ state: 'detached' });
    expect(
      await page.evaluate<boolean>(`document.activeElement !== document.body && document.activeElement.closest('.panel') !== null`),
    ).toBe(true);
    for (const service of services) await page.getByRole('checkbox', { name: new RegExp(service) }).waitFor({ state: 'detached' });
    const statusOf = async (id: string) =>
      (
        await world()
          .platform.api('viewer')
          .GET('/api/v1/approvals/inbox/{id}', { params: { path: { id } } })
      ).data!.status;
    expect(await Promise.all([...tickets, risky!].map(statusOf))).toEqual(['approved', 'approved', 'rejected', 'pending']);
  });

  it(`takes in ${MANY} events at once with a few requests, and keeps as many rows as are in sight`, async () => {
    await world().place('many');
    const page = await world().enter('viewer');
    await world().see(page, '/releases?environment=many', () => page.getByText('No release matches').waitFor());
    await page.locator('.live[data-state="live"]:visible').waitFor();
    // A page that is held up, as by a machine that slept: what happens meanwhile comes at once afterwards.
    const debug = await page.context().newCDPSession(page);
    await debug.send('Debugger.enable');
    await debug.send('Debugger.pause');
    const developer = world().platform.as('developer');
    const rest = Array.from({ length: MANY }, (_, index) => index);
    const worker = async (): Promise<void> => {
      for (let next = rest.pop(); next !== undefined; next = rest.pop())
        await developer.preview({ artifact: VERSION, environment: 'many', variables: { N: String(next) } });
    };
    await Promise.all(Array.from({ length: 6 }, worker));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await debug.send('Debugger.resume');
    await debug.send('Debugger.disable');
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
    expect(asked.length).toBeLessThan(FEW);
  });
}
