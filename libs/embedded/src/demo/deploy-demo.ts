import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createApiClient, type ApiClient, type Schemas } from '@slipway/api-client';
import { readJson, writeJson } from '../data-directory/files';
import { dataDirectory } from '../data-directory/layout';
import { bold, type Terminal } from '../commands/terminal';
import { REPOSITORY } from '../services';
import { createDemoProject, DEMO } from './demo-project';

export interface DemoOptions {
  readonly dataDirectory: string;
  readonly url: string;
}
interface DemoRecord {
  readonly release_id: string;
  readonly url: string;
}

const ANSWER_TIMEOUT_MS = 30_000;

export function adminClient(options: DemoOptions): ApiClient {
  const tokens = readJson<Record<string, string>>(dataDirectory(options.dataDirectory).tokensFile);
  return createApiClient({ baseUrl: options.url, token: tokens?.['admin'] ?? '', source: 'cli' });
}

/** Runs the command line client as a person would, its output in this terminal. @throws Error when it does not end with 0. */
function slipway(options: DemoOptions, argv: readonly string[]): Promise<void> {
  const file = join(REPOSITORY, 'apps', 'cli', 'dist', 'main.js');
  const env = { ...process.env, SLIPWAY_URL: options.url, SLIPWAY_DATA_DIR: options.dataDirectory };
  const child = spawn(process.execPath, [file, ...argv], { stdio: ['ignore', 'inherit', 'inherit'], env });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`'slipway ${argv.join(' ')}' ended with ${code}`))));
  });
}

/** What a GET answers, as text; waits until somebody answers at all. */
async function answerOf(url: string): Promise<string> {
  const deadline = performance.now() + ANSWER_TIMEOUT_MS;
  for (;;) {
    try {
      const response = await fetch(url);
      if (response.ok) return (await response.text()).trim();
      throw new Error(`${url} answers ${response.status}`);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(100);
    }
  }
}

const showAnswer = async (url: string, terminal: Terminal): Promise<void> => {
  const answer = await answerOf(url);
  terminal.line();
  terminal.line(`${bold(terminal, `$ curl ${url}`)}`);
  terminal.line(answer);
};

/** First start: the demo project, and `hello` deployed to `dev` through the release contract. Later: shows that it answers. */
export async function deployDemo(options: DemoOptions, terminal: Terminal): Promise<void> {
  const { demoFile } = dataDirectory(options.dataDirectory);
  const deployed = readJson<DemoRecord>(demoFile);
  const client = adminClient(options);
  if (deployed) return showAnswer((await slotUrl(client, deployed)) ?? deployed.url, terminal);
  await createDemoProject(client);
  const { project, service, version } = DEMO;
  const subject = ['--project', project, '--service', service];
  const change = await recordChange(client);
  terminal.line();
  terminal.line(`Deploying ${bold(terminal, `${service} ${version}`)} to dev:`);
  await slipway(options, [
    'artifacts',
    'push',
    join(REPOSITORY, 'samples', service),
    ...subject,
    '--version',
    version,
    '--change',
    change,
    '--as',
    'developer',
  ]);
  await slipway(options, [
    'release',
    'deploy',
    ...subject,
    '--artifact',
    version,
    '--environment',
    'dev',
    '--target',
    DEMO.target,
    '--reason',
    'first deployment of the sample',
    '--as',
    'developer',
  ]);
  const release = await latestRelease(client);
  writeJson(demoFile, { release_id: release.release_id, url: release.url ?? '' } satisfies DemoRecord);
  await showAnswer(release.url!, terminal);
  terminal.line();
  await slipway(options, ['release', 'timeline', release.release_id, '--project', project, '--as', 'developer']);
}

/** Stage 1 of the pipeline, so that the first deployment goes through all of them. @returns its id. */
async function recordChange(client: ApiClient): Promise<string> {
  const { project, service, version } = DEMO;
  const { data } = await client.POST('/api/v1/changes', {
    params: { header: { 'Idempotency-Key': 'demo-change' } },
    body: {
      project,
      services: [service],
      source_revision: `slipway/samples/${service}@${version}`,
      summary: 'the sample service',
      scope: 'a service that greets over HTTP; nothing ran before',
    },
  });
  return data!.change_id;
}

async function latestRelease(client: ApiClient): Promise<Schemas['ReleaseView']> {
  const { project, service } = DEMO;
  const { data } = await client.GET('/api/v1/deploy/releases', {
    params: { query: { project, service, environment: 'dev', status: 'applied', limit: 1 } },
  });
  const release = data?.items[0];
  if (!release?.url) throw new Error(`${service} was deployed to dev, but no applied release with a URL is listed`);
  return release;
}

async function slotUrl(client: ApiClient, record: DemoRecord): Promise<string | undefined> {
  const query = { project: DEMO.project };
  const { data } = await client.GET('/api/v1/deploy/releases/{id}', { params: { path: { id: record.release_id }, query } });
  if (!data) return undefined;
  const slot = await client.GET('/api/v1/deploy/slots/{id}', { params: { path: { id: data.slot_id }, query } });
  return slot.data?.url ?? undefined;
}
