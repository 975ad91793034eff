import { createHmac } from 'node:crypto';
import { eventually, Receiver } from '@slipway/testing';
import type { Page } from 'playwright-core';
import { choose, PATIENCE_MS, shot, VERSION, type World } from './world';

/** Whether a delivery carries a signature by the secret (docs/notifications.md). */
function isSignedBy(secret: string, { headers, body }: Receiver['got'][number]): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}

/** Who is told of what, set up in the page. */
export function notifyJourneys(world: () => World): void {
  it('makes a webhook whose deliveries are signed, tells what fails and why, sends it again, rotates and pauses', async () => {
    const receiver = await Receiver.start();
    const page = await world().enter('admin');
    await world().see(page, '/settings?tab=webhooks', () => page.getByText('No webhook yet').waitFor());
    await page.getByRole('button', { name: 'New webhook' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('URL', { exact: true }).fill('ci.example.com');
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    await dialog.getByText(/A whole address/).waitFor();
    await dialog.getByLabel('URL', { exact: true }).fill(receiver.url);
    await dialog.getByLabel('Name').fill('ci');
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    const secret = await page.locator('.secret code').innerText();
    await page.getByRole('button', { name: 'I have it' }).click();
    expect(await page.getByText(secret).count()).toBe(0);

    receiver.answer = { status: 503, body: 'the queue is full' };
    await page.getByRole('button', { name: 'Deliveries of ci' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send a test' }).click();
    const delivery = page.getByRole('list', { name: 'Deliveries' }).getByRole('button', { name: /test/ }).first();
    await delivery.click();
    await page.getByRole('table', { name: 'Attempts' }).getByText('503').first().waitFor();
    receiver.answer = { status: 200 };
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Delivered').first().waitFor();
    await shot(page, 'settings-deliveries');
    expect(receiver.got.length).toBeGreaterThan(1);
    expect(receiver.got.every((one) => isSignedBy(secret, one))).toBe(true);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);

    await page.reload();
    await leaveDeliveries(page);
    await page.getByRole('button', { name: 'More for ci' }).click();
    await page.getByRole('menuitem', { name: 'Rotate the secret' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    const fresh = await page.locator('.secret code').innerText();
    expect(fresh).not.toBe(secret);
    await page.getByRole('button', { name: 'I have it' }).click();
    const before = receiver.got.length;
    await page.getByRole('button', { name: 'Deliveries of ci' }).click();
    await delivery.click();
    await page.getByRole('button', { name: 'Send again' }).click();
    await eventually(() => receiver.got.length > before, { timeoutMs: PATIENCE_MS });
    expect([secret, fresh].map((one) => isSignedBy(one, receiver.got.at(-1)!))).toEqual([true, true]);
    await leaveDeliveries(page);

    await page.getByRole('button', { name: 'More for ci' }).click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('row', { name: /ci/ }).getByText('Paused').waitFor();
    await page.getByRole('button', { name: 'More for ci' }).click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await page.getByRole('row', { name: /ci/ }).getByText('Active').waitFor();
    await receiver.stop();
  });

  it('subscribes somebody to mail, who then hears of a ticket that waits', async () => {
    const { mailbox } = world();
    const page = await world().enter('approver');
    await world().go(page, '/settings?tab=mail');
    await page.getByLabel('Address').fill('approver@example.test');
    await page.getByRole('button', { name: 'Keep the address' }).click();
    await page.getByText('A code was mailed to approver@example.test').waitFor();
    const { raw: mail } = await eventually(() => mailbox.got.find(({ to }) => to.includes('approver@example.test')));
    await page.getByLabel('Code').fill(/\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(mail)![0]);
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByText('Mail goes to approver@example.test').waitFor();
    await page.getByRole('button', { name: 'Subscribe' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('checkbox', { name: 'Something waits for my approval' }).isChecked()).toBe(true);
    await choose(page, 'Whose', 'mine');
    await dialog.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('table', { name: 'Mail subscriptions' }).getByText('Active').waitFor();
    const { approval_ticket: ticket } = await world().waiting('a mail for it');
    await eventually(() => mailbox.got.some(({ to, raw }) => to.includes('approver@example.test') && raw.includes('Approval needed')), {
      timeoutMs: PATIENCE_MS,
    });
    await page.getByRole('button', { name: /^Deliveries of/ }).click();
    await page.getByText('to approver,').first().waitFor();
    await world().platform.as('approver').reject(ticket!);
    await page.keyboard.press('Escape');
    const name = (await page.getByRole('button', { name: /^More for/ }).getAttribute('aria-label'))!.replace('More for ', '');
    await remove(page, name);
    await page.getByText('Nobody gets mail yet').waitFor();
  });

  it('replays what was held while it was paused, or everything of a range, under the same ids; and is removed', async () => {
    const receiver = await Receiver.start();
    await world().place('replayed');
    const developer = world().platform.as('developer');
    const page = await world().enter('admin');
    await world().go(page, '/settings?tab=webhooks');
    await makeWebhook(page, 'replayed', receiver.url, 'A release is applied');
    await page.getByRole('button', { name: 'I have it' }).click();
    await developer.deploy({ artifact: VERSION, environment: 'replayed' });
    await eventually(() => receiver.got.length === 1, { timeoutMs: PATIENCE_MS });

    await page.getByRole('button', { name: 'More for replayed' }).click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page
      .getByRole('row', { name: /replayed/ })
      .getByText('Paused')
      .waitFor();
    await developer.deploy({ artifact: VERSION, environment: 'replayed', variables: { GREETING: 'held' } });
    await page.getByRole('button', { name: 'Deliveries of replayed' }).click();
    const deliveries = page.getByRole('list', { name: 'Deliveries' });
    await deliveries.getByText('Held').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More for replayed' }).click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await page
      .getByRole('row', { name: /replayed/ })
      .getByText('Active')
      .waitFor();
    expect(receiver.got.length).toBe(1);

    await replay(page, 'the last hour');
    await eventually(() => receiver.got.length === 2, { timeoutMs: PATIENCE_MS });
    expect(idsOf(receiver).size).toBe(2);
    await replay(page, 'the last 7 days', true);
    await eventually(() => receiver.got.length === 4, { timeoutMs: PATIENCE_MS });
    expect(idsOf(receiver).size).toBe(2);
    await shot(page, 'settings-replayed');
    await page.keyboard.press('Escape');
    await remove(page, 'replayed');
    await developer.deploy({ artifact: VERSION, environment: 'replayed', variables: { GREETING: 'unheard' } });
    await world().platform.api('admin').GET('/api/v1/notifications/subscriptions', { params: {} });
    expect(receiver.got.length).toBe(4);
    await receiver.stop();
  });

  it('tells Slack in its own form, and lets go of it', async () => {
    const slack = await Receiver.start();
    const page = await world().enter('admin');
    await world().go(page, '/settings?tab=webhooks');
    await page.getByRole('button', { name: 'New webhook' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Slack message').click();
    await dialog.getByLabel('Slack’s webhook URL').fill(slack.url);
    await dialog.getByLabel('Name').fill('team-channel');
    await shot(page, 'settings-slack');
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    await page.getByText('team-channel is subscribed').waitFor();
    await page.getByRole('button', { name: 'More for team-channel' }).click();
    expect(await page.getByRole('menuitem', { name: 'Rotate the secret' }).count()).toBe(0);
    await page.getByRole('menuitem', { name: 'Send a test' }).click();
    await eventually(() => slack.got.length > 0, { timeoutMs: PATIENCE_MS });
    expect(JSON.parse(slack.got[0]!.body)).toMatchObject({ text: expect.any(String), blocks: expect.any(Array) });
    await leaveDeliveries(page);
    await remove(page, 'team-channel');
    await slack.stop();
  });
}

/** By Escape, once they are there: a delivery may arrive before the page shows its log. */
async function leaveDeliveries(page: Page): Promise<void> {
  const deliveries = page.getByRole('list', { name: 'Deliveries' });
  await deliveries.waitFor();
  await page.keyboard.press('Escape');
  await deliveries.waitFor({ state: 'detached' });
}

const idsOf = ({ got }: Receiver): Set<unknown> => new Set(got.map(({ headers }) => headers['webhook-id']));

/** A webhook of the project that is told of one topic. */
async function makeWebhook(page: Page, name: string, url: string, topic: string): Promise<void> {
  await page.getByRole('button', { name: 'New webhook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('URL', { exact: true }).fill(url);
  await dialog.getByLabel('Name').fill(name);
  const chosen = dialog.getByRole('checkbox', { checked: true });
  while ((await chosen.count()) > 0) await chosen.first().uncheck();
  await dialog.getByRole('checkbox', { name: topic }).check();
  await dialog.getByRole('button', { name: 'Create the webhook' }).click();
}

/** Sends again what a range has, from the open delivery log or after opening it. */
async function replay(page: Page, range: string, all = false): Promise<void> {
  const opener = page.getByRole('button', { name: 'Replay', exact: true });
  if ((await opener.count()) === 0) await page.getByRole('button', { name: 'Deliveries of replayed' }).click();
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'Replay replayed' });
  await dialog.getByLabel('Of').first().click();
  await page.getByRole('option', { name: range }).click();
  if (all) await dialog.getByLabel('Also what did arrive').check();
  await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function remove(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('not needed any more');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText(`${name} is removed`).waitFor();
  await page.getByRole('button', { name: `More for ${name}` }).waitFor({ state: 'detached' });
}
