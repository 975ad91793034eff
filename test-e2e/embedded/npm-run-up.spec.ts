import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { readStatus, type PlatformStatus } from '@slipway/embedded';
import { awaitExit, freePort, isRunning, signalProcess, type ProcessIdentity } from '@slipway/local-servers';
import { eventually, testRun } from '@slipway/testing';
import { Commands } from '../driver/commands';

/** What `npm run up` promises, from the first start to `reset`, through the commands themselves. In order: each part builds on the last. */
let commands: Commands;
let statusFile: string;
const status = (): PlatformStatus => readStatus(statusFile)!;
const identityOf = (name: string): ProcessIdentity => status().processes.find((entry) => entry.name === name)!.identity!;
const helloUrl = (output: string): string => /\$ curl (http:\S+)/.exec(output)![1]!;
const get = async (url: string): Promise<string> => (await fetch(url)).text();
let hello: string;
/** Of the pipeline (spec 003, section 4): the first deployment goes through all of them. */
const STAGES = ['change_intake', 'build', 'verification', 'release', 'deploy', 'post_deploy_verification', 'completion'];

beforeAll(async () => {
  chmodSync(testRun(), 0o755);
  const parent = mkdtempSync(join(testRun(), 'embedded-'));
  chmodSync(parent, 0o755);
  mkdirSync(join(parent, 'data'));
  commands = new Commands(join(parent, 'data'), await freePort());
  statusFile = join(commands.dataDirectory, 'run', 'status.json');
});
afterAll(() => commands.npm('down'), 60_000);

it('says who has the port, and starts nothing', async () => {
  const intruder = createServer().listen(commands.httpPort, '127.0.0.1');
  await new Promise((resolve) => intruder.once('listening', resolve));
  const { code, output } = await commands.npm('up', '--detach');
  intruder.close();
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`Port ${commands.httpPort} is taken.*SLIPWAY_HTTP_PORT`));
  expect(readStatus(statusFile)).toBeUndefined();
}, 120_000);

it('starts everything, deploys hello to dev, and prints its answer and its timeline', async () => {
  const { code, output } = await commands.npm('up', '--detach');
  expect(output).toContain('hello from Slipway');
  expect(code).toBe(0);
  for (const action of ['previewed', 'approved', 'applying', 'slot.deployed', 'applied'])
    expect(output.split('Timeline of')[1]).toContain(action);
  hello = helloUrl(output);
  expect(await get(hello)).toBe('hello from Slipway\n');
  expect((await fetch(`http://127.0.0.1:${commands.httpPort}/healthz/ready`)).status).toBe(200);
  const shown = await commands.npm('status');
  expect(shown.code).toBe(0);
  for (const { name, identity } of status().processes) expect(shown.output).toMatch(new RegExp(`${name} +${identity!.pid} .*yes`));
  expect(shown.output).toContain(hello);
  const { stdout } = await commands.slipway('audit', 'list', '--json');
  const { items } = JSON.parse(stdout) as { items: { change_id: string; stages: { stage: string; at: string }[] }[] };
  expect(items).toMatchObject([{ change_id: expect.stringMatching(/^chg-/) as string }]);
  expect(items[0]!.stages.map(({ stage }) => stage)).toEqual(STAGES);
}, 240_000);

it('joins the one that runs when started again', async () => {
  const { supervisor } = status();
  const { code, output } = await commands.npm('up', '--detach');
  expect(code).toBe(0);
  expect(output).toContain('already running');
  expect(status().supervisor).toEqual(supervisor);
}, 120_000);

it('starts nats-server, PostgreSQL and a service again after kill -9, with their data', async () => {
  const killed = ['nats-server', 'postgres', 'release'];
  for (const name of killed) signalProcess(identityOf(name), 'SIGKILL');
  await eventually(() => killed.every((name) => status().processes.find((entry) => entry.name === name)!.restarts === 1), {
    timeoutMs: 60_000,
  });
  await eventually(() => status().state === 'ready', { timeoutMs: 90_000 });
  const { stdout } = await commands.slipway('release', 'list', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ items: [{ service_name: 'hello', status: 'applied' }] });
  expect(await get(hello)).toBe('hello from Slipway\n');
}, 180_000);

it('takes over after kill -9 of the supervisor, while hello goes on answering', async () => {
  const [supervisor, gateway] = [status().supervisor, identityOf('gateway')];
  signalProcess(supervisor, 'SIGKILL');
  expect(await awaitExit(supervisor, 10_000)).toBe(true);
  expect(await get(hello)).toBe('hello from Slipway\n');
  expect((await commands.npm('status')).code).toBe(3);
  const { code, output } = await commands.npm('up', '--detach');
  expect(output).toContain('ending what a killed supervisor left');
  expect(code).toBe(0);
  expect(isRunning(gateway)).toBe(false);
  expect(await get(hello)).toBe('hello from Slipway\n');
}, 240_000);

it('stops every process on down, and brings the deployment back on the next start', async () => {
  const before = [status().supervisor, ...status().processes.map((entry) => entry.identity!)];
  expect((await commands.npm('down')).code).toBe(0);
  expect(before.filter(isRunning)).toEqual([]);
  await expect(get(hello)).rejects.toThrow('fetch failed');
  expect((await commands.npm('status')).code).toBe(3);
  const { output } = await commands.npm('up', '--detach');
  expect(output).not.toContain('Deploying');
  expect(helloUrl(output)).toBe(hello);
  expect(await get(hello)).toBe('hello from Slipway\n');
}, 240_000);

it('shows the end of a log', async () => {
  expect((await commands.npm('logs', 'release')).output).toContain('"service":"release"');
  const wrong = await commands.npm('logs', 'nobody');
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.output).toContain("There is no log 'nobody'");
});

it('asks before it deletes anything', async () => {
  const asked = await commands.npm('reset');
  expect(asked.code).toBe(1);
  expect(asked.output).toContain('--yes');
  expect(await get(hello)).toBe('hello from Slipway\n');
  expect(await commands.npm('reset', '--yes')).toMatchObject({ code: 0 });
  expect(readStatus(statusFile)).toBeUndefined();
  await expect(get(hello)).rejects.toThrow('fetch failed');
}, 120_000);
