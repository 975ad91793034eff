import { freePort } from '@slipway/local-servers';
import { lackOfDockerHost, lackOfPrometheus, PROMETHEUS_LOGIN, PROMETHEUS_NEXT_LOGIN, Sshd, startPrometheus } from '@slipway/testing';
import type { Page } from 'playwright-core';
import { seriousProblems, shot, untilTrue, VERSION, type World } from './world';

/** A test where the machine has what it needs, else one that says what is lacking. */
const where = (lack: string | undefined, title: string, test: () => Promise<void>): void =>
  lack === undefined ? it(title, test) : it.skip(`${title} (skipped: ${lack})`, () => undefined);

const targetsOf = async ({ platform }: World, name: string) =>
  (await platform.api('admin').GET('/api/v1/deploy/targets', { params: { query: { project: 'demo', limit: 200 } } })).data!.items.filter(
    (target) => target.name === name,
  );

/** A target on a Docker host, made in the page. */
async function connect(page: Page, name: string, sshd: Sshd): Promise<void> {
  await page.getByRole('button', { name: 'New target' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Docker host', { exact: true }).first().click();
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByRole('textbox', { name: 'Docker host' }).fill('127.0.0.1');
  await dialog.getByLabel('SSH port').fill(String(sshd.port));
  await dialog.getByLabel('User').fill(sshd.user);
  const port = String(await freePort());
  await dialog.getByLabel('First port').fill(port);
  await dialog.getByLabel('Last port').fill(port);
  await dialog.getByRole('textbox', { name: 'Private key' }).fill(sshd.privateKey);
  await dialog.getByRole('button', { name: 'Try it, and create it' }).click();
  await dialog.getByText(sshd.hostKey).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
}

/** How the endpoints of an environment are kept, in the page. */
export function targetsJourneys(world: () => World): void {
  it('changes where a target is, showing what that makes different and what must be previewed anew', async () => {
    await world().place('movable');
    const developer = world().platform.as('developer');
    const before = await developer.preview({ artifact: VERSION, environment: 'movable' });
    const page = await world().enter('admin');
    await world().go(page, '/environments?environment=movable');
    const change = page.getByRole('button', { name: 'Change local' });
    await change.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing is different yet').waitFor();
    expect(await dialog.getByRole('button', { name: 'Change the target' }).isDisabled()).toBe(true);
    const port = await freePort();
    await dialog.getByLabel('First port').fill(String(port));
    await dialog.getByLabel('Last port').fill(String(port - 1));
    await dialog.getByRole('button', { name: 'Change the target' }).click();
    await dialog.getByText('The last port is behind the first').waitFor();
    await dialog.getByLabel('Last port').fill(String(port));
    await dialog
      .getByLabel('What changes')
      .locator('ins', { hasText: String(port) })
      .first()
      .waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await shot(page, 'target-change');
    await dialog.getByRole('button', { name: 'Change the target' }).click();
    await page.getByText('local is changed').waitFor();
    await page
      .locator('.facts dd', { hasText: String(port) })
      .first()
      .waitFor();
    await untilTrue(page, "document.activeElement?.getAttribute('aria-label') === 'Change local'");
    await world().go(page, `/deploy?step=confirm&release=${before.release_id}`);
    await page.getByRole('button', { name: 'Deploy now' }).click();
    await page.getByRole('button', { name: 'Preview again' }).first().waitFor();
    await shot(page, 'target-changed-preview');
    expect((await developer.deploy({ artifact: VERSION, environment: 'movable' })).status).toBe('applied');
  });

  where(lackOfPrometheus(), 'gives a Prometheus behind a login the login it needs, and rotates it, never showing it', async () => {
    await world().place('measured');
    const prometheus = await startPrometheus('127.0.0.1:9', { login: true });
    const page = await world().enter('admin');
    await world().go(page, '/environments?environment=measured');
    await page.getByRole('button', { name: 'Change local' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Prometheus', exact: true }).fill(prometheus.url);
    await dialog.getByRole('button', { name: 'Try it, and change it' }).click();
    await dialog.getByText('Tried, and not fit: nothing was changed').waitFor();
    await dialog.getByText('User and password').click();
    await dialog.getByLabel('Prometheus user').fill(PROMETHEUS_LOGIN.username);
    await dialog.getByLabel('Prometheus password', { exact: true }).fill(PROMETHEUS_LOGIN.password);
    await dialog.getByRole('button', { name: 'Try it, and change it' }).click();
    await dialog.getByText('It was tried, and releases go there from now on').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('basic auth, version 1').waitFor();

    await page.getByRole('button', { name: 'Rotate the Prometheus login of local' }).click();
    await dialog.getByLabel('Prometheus user').fill(PROMETHEUS_LOGIN.username);
    await dialog.getByLabel('Prometheus password', { exact: true }).fill('a guess');
    await dialog.getByRole('button', { name: 'Try it, and rotate' }).click();
    await dialog.getByText('Tried, and not fit: nothing was changed').waitFor();
    await shot(page, 'target-prometheus-refused');
    await dialog.getByLabel('Prometheus user').fill(PROMETHEUS_NEXT_LOGIN.username);
    await dialog.getByLabel('Prometheus password', { exact: true }).fill(PROMETHEUS_NEXT_LOGIN.password);
    await dialog.getByRole('button', { name: 'Try it, and rotate' }).click();
    await page.getByText(/basic auth, version [2-9]/).waitFor();
    await shot(page, 'target-prometheus');
    expect(await page.content()).not.toContain(PROMETHEUS_LOGIN.password);
    await prometheus.stop();
  });

  where(
    lackOfDockerHost(),
    'rotates the key of a Docker host, keeps what is where the new is refused, and deletes the target',
    async () => {
      await world().place('hosted');
      const [sshd, stranger] = await Promise.all([Sshd.start(), Sshd.start()]);
      const page = await world().enter('admin');
      await world().go(page, '/environments?environment=hosted');
      await connect(page, 'docker', sshd);
      await page.getByText('ssh key, version 1').waitFor();

      await page.getByRole('button', { name: 'Rotate the credential of docker' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Private key' }).fill(stranger.privateKey);
      await dialog.getByRole('button', { name: 'Try it, and rotate' }).click();
      await dialog.getByText('Tried, and not fit: nothing was changed').waitFor();
      await shot(page, 'target-rotation-refused');
      await dialog.getByRole('textbox', { name: 'Private key' }).fill(sshd.furtherKey());
      await dialog.getByRole('button', { name: 'Try it, and rotate' }).click();
      await page.getByText(/ssh key, version [2-9]/).waitFor();

      await page.getByRole('button', { name: 'Change docker' }).click();
      expect(await dialog.getByLabel('Host key').inputValue()).toBe(sshd.hostKey);
      await dialog.getByLabel('SSH port').fill(String(stranger.port));
      expect(await dialog.getByRole('checkbox', { name: 'Give a new credential as well' }).isChecked()).toBe(true);
      await dialog.getByRole('textbox', { name: 'Private key' }).fill(stranger.privateKey);
      await dialog.getByRole('button', { name: 'Try it, and change it' }).click();
      await dialog.getByText('Tried, and not fit: nothing was changed').waitFor();
      await shot(page, 'target-host-key-refused');
      await dialog.getByLabel('Host key').fill(stranger.hostKey);
      await dialog.getByRole('button', { name: 'Try it, and change it' }).click();
      await dialog.getByText('It was tried, and releases go there from now on').waitFor();
      await dialog.getByText(stranger.hostKey).waitFor();
      await shot(page, 'target-moved');
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await untilTrue(page, "document.activeElement?.getAttribute('aria-label') === 'Change docker'");
      const [moved] = await targetsOf(world(), 'docker');
      expect(moved!.connection).toMatchObject({ port: stranger.port, host_key: stranger.hostKey });

      await page.getByRole('button', { name: 'Delete docker' }).click();
      await dialog.getByLabel('Reason').fill('the host goes away');
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByText('docker is deleted').waitFor();
      await page.getByRole('button', { name: 'Delete docker' }).waitFor({ state: 'detached' });
      expect(await targetsOf(world(), 'docker')).toEqual([]);
      await Promise.all([sshd.stop(), stranger.stop()]);
    },
  );
}
