import { readFile } from 'node:fs/promises';
import { eventually } from '@slipway/testing';
import type { Page } from 'playwright-core';
import { choose, PATIENCE_MS, seriousProblems, shot, type World } from './world';

const idIn = (page: Page): string => new URL(page.url()).searchParams.get('group')!;
const MEMBERS = ['backend', 'storefront'] as const;

/** A shop of two services, each with versions that run; the storefront's `bad` does not. */
async function shop({ platform }: World): Promise<void> {
  const developer = platform.as('developer');
  const { data } = await developer.api.GET('/api/v1/services', { params: { query: { project: 'demo', limit: 200 } } });
  if (data!.items.some(({ name }) => name === MEMBERS[0])) return;
  for (const service of MEMBERS) {
    await developer.createService(service);
    for (const version of ['1', '2']) await developer.push(version, { greeting: `${service} ${version}` }, service);
  }
  await developer.push('bad', { health: 'bad' }, 'storefront');
}

async function chooseMembers(page: Page, environment: RegExp, versions: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: 'Deploy', exact: true }).first().click();
  await page.getByText('Several as one').click();
  await choose(page, 'Environment', environment);
  for (const [index, service] of MEMBERS.entries()) {
    await choose(page, `Service ${index + 1}`, service);
    await choose(page, `Version ${index + 1}`, versions[index]!);
  }
}

/** Several services as one: previewed, applied, approved and taken back together. */
export function groupJourneys(world: () => World): void {
  it('deploys two services as one, whatever is reloaded, and takes both back when the second fails', async () => {
    await shop(world());
    await world().place('together');
    const page = await world().enter('developer');
    await chooseMembers(page, /^Together/, ['1', '1']);
    await page.reload();
    const version = page.getByLabel('Version 2', { exact: true }).first();
    await eventually(async () => (await version.inputValue()) === '1', { timeoutMs: PATIENCE_MS });
    await shot(page, 'group-choose');
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByRole('heading', { name: 'Checks of all together (3)' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /storefront 1/ }).click();
    await page.getByText('preview holds').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await page.evaluate('scrollTo(0, 0)');
    await shot(page, 'group-preview');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Deploy now' }).click();
    await page.getByText('2 of 2 applied').waitFor();
    await page.locator('.tone', { hasText: 'Applied' }).first().waitFor();

    await chooseMembers(page, /^Together/, ['2', 'bad']);
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Deploy now' }).click();
    await page.locator('.lifecycle li[data-state="now"]', { hasText: 'Rolled back' }).waitFor();
    await page.getByText('Automatic: a member of the group failed').waitFor();
    const members = page.getByRole('list', { name: 'Services of the group' });
    expect(await members.getByText('Rolled back').count()).toBe(2);
    expect(await members.getByRole('alert').innerText()).not.toBe('');
    await page.getByRole('link', { name: 'Open its page' }).click();
    await page.getByRole('heading', { name: 'backend 2 + storefront bad' }).waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await shot(page, 'group-rolled-back');
    await page.getByRole('button', { name: 'Steps of storefront' }).click();
    await members.getByText('Verify what runs').first().waitFor();
    await world().go(page, '/releases?view=groups&environment=together');
    await page.getByRole('region', { name: 'Groups' }).getByText('Rolled back').waitFor();
  });

  it('asks for one ticket in production, and rolls both back as one by another', async () => {
    await shop(world());
    const page = await world().enter('developer');
    const second = await world().enter('approver');
    for (const version of ['1', '2']) {
      await chooseMembers(page, /Production/, [version, version]);
      await page.getByRole('button', { name: 'Preview', exact: true }).click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByLabel(/Type prod to confirm/).fill('prod');
      await page.getByRole('button', { name: 'Ask for approval' }).click();
      await page.locator('.tone', { hasText: 'Pending approval' }).first().waitFor();
      await approveIn(second, idIn(page), world());
      await page.getByText('2 of 2 applied').waitFor();
    }
    await page.getByRole('link', { name: 'Open its page' }).click();
    await page.getByRole('button', { name: 'Roll all back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('prices are wrong');
    await dialog.getByLabel(/Type prod to confirm/).fill('prod');
    await dialog.getByRole('button', { name: 'Roll all back' }).click();
    await page.getByText('Asked for by developer').waitFor();
    await approveIn(second, new URL(page.url()).pathname.split('/').at(-1)!, world());
    await page.locator('.lifecycle li[data-state="now"]', { hasText: 'Rolled back' }).waitFor();
    await shot(page, 'group-taken-back');
    await readRecord(page);
  });
}

/** The approver reads what all of it would do, and approves. */
async function approveIn(page: Page, group: string, world: World): Promise<void> {
  const { data } = await world.platform.api('viewer').GET('/api/v1/deploy/groups/{id}', { params: { path: { id: group } } });
  await world.go(page, `/inbox?tab=all&ticket=${data!.approval_ticket}`);
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('heading', { name: /What will happen, one after the other/ }).waitFor();
  await drawer.getByRole('button', { name: 'Approve' }).click();
  await drawer.getByText('Approved', { exact: true }).first().waitFor();
}

/** What, when and why, of all together and of each service; as a file too. */
async function readRecord(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Record' }).click();
  await page.getByText('asked for by developer: prices are wrong').waitFor();
  for (const service of MEMBERS) {
    const record = page.getByRole('region', { name: `Record of ${service}` });
    await record.getByText(new RegExp(`^${service} 2 = [0-9a-f]{12}$`)).waitFor();
  }
  expect(await seriousProblems(page)).toEqual([]);
  await shot(page, 'group-record');
  const exported = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export JSON' }).click();
  const record = JSON.parse(await readFile(await (await exported).path(), 'utf8')) as Record<string, unknown>;
  expect(record).toMatchObject({
    result: 'rolled_back',
    requested_by: 'developer',
    approved_by: ['approver'],
    preview_ref: expect.stringMatching(/^sha256:/),
    waiting_ms: expect.any(Number),
    services: MEMBERS.map((service_name) => ({ service_name, artifact_version: '2', artifact_digest: expect.any(String) })),
  });
  await page.reload();
  await page.getByRole('tab', { name: 'Record', selected: true }).waitFor();
}
