import { focusIsKept, seriousProblems, shot, type World } from './world';

const releaseIn = (url: string): string => new URL(url).searchParams.get('release')!;

/** What a release, and the board, say in states that do not come by themselves. */
export function statesJourneys(world: () => World): void {
  it('leads back to the whole choice, and previews a cancelled release again in one press, with its variables', async () => {
    await world().place('again');
    const developer = world().platform.as('developer');
    const variables = { GREETING: 'servus' };
    const draft = await developer.preview({ artifact: '1.0.0', environment: 'again', strategy: 'blue-green', variables, reason: 'try it' });
    const page = await world().enter('developer');
    await world().go(page, `/deploy?release=${draft.release_id}&step=preview`);
    await page.getByRole('link', { name: 'Choose again' }).click();
    expect(await page.getByLabel('Value of variable 1').inputValue()).toBe('servus');
    expect(await page.getByLabel('Reason').inputValue()).toBe('try it');
    await page.getByRole('radio', { name: 'Blue-green', checked: true }).waitFor({ state: 'attached' });

    await world().go(page, `/releases/${draft.release_id}`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing has run yet').waitFor();
    await dialog.getByRole('button', { name: 'Cancel the release' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Cancel', exact: true }).waitFor({ state: 'detached' });
    await focusIsKept(page);
    await page.getByRole('button', { name: 'Preview again' }).click();
    await page.getByText('preview holds').waitFor();
    const again = await developer.release(releaseIn(page.url()));
    expect(again).toMatchObject({ status: 'previewed', variables, reason: 'try it', strategy: { type: 'blue-green' } });
    expect(again.release_id).not.toBe(draft.release_id);
  });

  it('says why an approved release has not begun: another one first, then a stopped line, and begins once that is open', async () => {
    await world().running('gated');
    const { platform } = world();
    const [developer, admin] = [platform.as('developer'), platform.api('admin')];
    await developer.createService('second');
    await developer.push('1', {}, 'second');
    const page = await world().enter('developer');
    const strategy = { type: 'canary' as const, steps: [{ percent: 50, duration_ms: 60_000 }] };
    const first = await developer.start({ artifact: '1.0.0', environment: 'gated', variables: { GREETING: 'first' }, strategy });
    await developer.until(first.release_id, ['applying']);
    const release = await developer.start({ service: 'second', artifact: '1', environment: 'gated' });
    await world().go(page, `/releases/${release.release_id}`);
    await page.getByRole('note').filter({ hasText: 'Waits for its turn' }).getByRole('link', { name: 'Another release' }).waitFor();
    await page.getByText('Nothing has run yet').waitFor();
    expect(await page.getByRole('button', { name: 'Download' }).count()).toBe(0);
    const params = { path: { id: release.environment_id } };
    await admin.POST('/api/v1/environments/{id}/stop-line', { params, body: { reason: 'incident 42' } });
    await developer.api.POST('/api/v1/deploy/releases/{id}/cancel', { params: { path: { id: first.release_id } }, body: {} });
    const notice = page.getByRole('note').filter({ hasText: 'The line to gated is stopped' });
    await notice.getByText('incident 42').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await shot(page, 'release-gated');
    await admin.POST('/api/v1/environments/{id}/resume-line', { params, body: {} });
    await page.locator('.tone', { hasText: 'Applied' }).first().waitFor();
    await notice.waitFor({ state: 'detached' });
  });

  it('counts as waiting for somebody what they may decide, and shows a rollback that waits where it would happen', async () => {
    await world().place('regretted', { approval_for: ['rollback'], required_permission: 'deploy:release:approve' });
    const developer = world().platform.as('developer');
    await world().running('regretted');
    const { release_id: id } = await developer.deploy({ artifact: '1.0.0', environment: 'regretted', variables: { GREETING: 'later' } });
    const { approval_ticket: ticket } = await developer.rollback(id, 'slow since this morning');
    const page = await world().enter('approver');
    await page.getByRole('heading', { name: /Waiting for you/ }).waitFor();
    await page.locator('td[data-label="Regretted"]').getByRole('link', { name: 'Rollback waits for approval' }).waitFor();
    const asker = await world().enter('developer');
    await asker.locator('td[data-label="Regretted"]').getByText('Rollback waits for approval').waitFor();
    expect(await asker.getByRole('heading', { name: /Waiting for you/ }).count()).toBe(0);
    await world().platform.as('approver').reject(ticket!, 'it is quick enough');
    await page.getByText('Rollback waits for approval').waitFor({ state: 'detached' });
  });
}
