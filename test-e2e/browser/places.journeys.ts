import { freePort } from '@slipway/local-servers';
import { seriousProblems, shot, VERSION, type World } from './world';

/** What a newcomer sets up in the page. */
export function placesJourneys(world: () => World): void {
  it('creates an environment and its target, and deploys there', async () => {
    const page = await world().enter('admin');
    await world().go(page, '/environments');
    await page.getByRole('button', { name: 'New environment' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Not A Name');
    await dialog.getByRole('button', { name: 'Create the environment' }).click();
    await dialog.getByText('Lower-case letters').waitFor();
    await dialog.getByLabel('Name').fill('fresh');
    await dialog.getByLabel('Title').fill('Fresh');
    await dialog.getByRole('button', { name: 'Create the environment' }).click();
    await page.getByRole('tab', { name: 'Fresh', selected: true }).waitFor();
    await page.getByText('No target yet').waitFor();
    await page.getByRole('button', { name: 'New target' }).click();
    const port = await freePort();
    await dialog.getByLabel('First port').fill(String(port));
    await dialog.getByLabel('Last port').fill(String(port));
    await shot(page, 'target-new');
    await dialog.getByRole('button', { name: 'Create the target' }).click();
    await dialog.getByText('Releases can be deployed to it now').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('port from').waitFor();
    const release = await world().platform.as('developer').deploy({ artifact: VERSION, environment: 'fresh' });
    expect(release.status).toBe('applied');
    await page.getByRole('link', { name: VERSION }).waitFor();
  });

  it('tells why a Docker host is not fit before it creates a target there, and keeps no key', async () => {
    await world().place('hosts');
    const page = await world().enter('admin');
    await world().go(page, '/environments?environment=hosts');
    await page.getByRole('button', { name: 'New target' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Docker host', { exact: true }).first().click();
    await dialog.getByRole('button', { name: 'Try it, and create it' }).click();
    await dialog.getByText('Paste it whole, from -----BEGIN to -----END').waitFor();
    await dialog.getByRole('textbox', { name: 'Docker host' }).fill('127.0.0.1');
    await dialog.getByLabel('SSH port').fill(String(await freePort()));
    await dialog.getByLabel('User').fill('deploy');
    await dialog
      .getByRole('textbox', { name: 'Private key' })
      .fill('-----BEGIN OPENSSH PRIVATE KEY-----\nnone\n-----END OPENSSH PRIVATE KEY-----\n');
    await dialog.getByRole('button', { name: 'Try it, and create it' }).click();
    await dialog
      .getByText(/not fit|refused|not created/)
      .first()
      .waitFor();
    await shot(page, 'target-refused');
    const { data } = await world()
      .platform.api('admin')
      .GET('/api/v1/deploy/targets', { params: { query: { project: 'demo', limit: 200 } } });
    expect(data!.items.filter(({ runtime_type: runtime }) => runtime === 'compose')).toEqual([]);
  });

  it('gives a cluster a Gateway with a host for each service, and says why it cannot be reached', async () => {
    await world().place('clusters');
    const page = await world().enter('admin');
    await world().go(page, '/environments?environment=clusters');
    await page.getByRole('button', { name: 'New target' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Kubernetes', { exact: true }).first().click();
    await dialog.getByText('Token', { exact: true }).first().click();
    await dialog.getByLabel('API server').fill(`https://127.0.0.1:${await freePort()}`);
    await dialog.getByRole('textbox', { name: 'Token' }).fill('a-token');
    await dialog.getByLabel('Host of its routes').fill('{service}.example.com');
    await dialog.getByRole('button', { name: 'Try it, and create it' }).click();
    await dialog.getByText('Of which Gateway?').waitFor();
    await dialog.getByLabel('Gateway', { exact: true }).fill('gateways/public');
    const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/deploy/targets'));
    await dialog.getByRole('button', { name: 'Try it, and create it' }).click();
    const gateway = { namespace: 'gateways', name: 'public', hostname: '{service}.example.com' };
    expect((await asked).postDataJSON()).toMatchObject({ connection: { gateway } });
    await dialog.getByText('Tried, and not fit: nothing was changed').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await shot(page, 'target-cluster-refused');
  });

  it('creates a project and a service in it', async () => {
    const page = await world().enter('admin');
    await world().go(page, '/settings?tab=projects');
    await page.getByRole('button', { name: 'New project' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('newcomer');
    await dialog.getByRole('button', { name: 'Create the project' }).click();
    await page.getByRole('table', { name: 'Projects' }).getByText('newcomer').first().waitFor();
    await world().go(page, '/settings?tab=projects&project=newcomer');
    await page.getByText('No service yet').waitFor();
    await page.getByRole('button', { name: 'New service' }).click();
    await dialog.getByLabel('Name').fill('checkout');
    await dialog.getByRole('button', { name: 'Create the service' }).click();
    await page.getByRole('table', { name: 'Services' }).getByText('checkout').first().waitFor();
  });
}
