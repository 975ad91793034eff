import { createApiClient, type ApiClient, type RetryOptions } from '@slipway/api-client';
import { UsageError } from './exit-codes';
import { outputOf, type Output } from './output/output';
import { settingsOf, type GlobalOptions, type Settings } from './settings';

/** What every command gets. */
export interface Context {
  readonly client: ApiClient;
  readonly settings: Settings;
  readonly output: Output;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  /** The project that the command is about: --project, SLIPWAY_PROJECT, or the only one that the caller sees. */
  readonly project: () => Promise<string>;
  /** The project if one was named; references by id do without. */
  readonly namedProject: string | undefined;
  /** --idempotency-key; the client sends it by itself, except with uploads. */
  readonly idempotencyKey: string | undefined;
}

/** The gateway gives up after ten seconds itself; words that a model reads take longer. */
const ANSWER_WITHIN_MS = 60_000;

export function contextOf(options: GlobalOptions, signal: AbortSignal): Context {
  const settings = settingsOf(options);
  const output = outputOf(process.stdout, options.json ?? false);
  const client = createApiClient({
    baseUrl: settings.url,
    token: settings.token,
    source: 'cli',
    signal,
    retry: retryOf(output),
    answerWithinMs: ANSWER_WITHIN_MS,
  });
  const { idempotencyKey } = options;
  if (idempotencyKey !== undefined) client.use(keyedWith(checkedKey(idempotencyKey)));
  const namedProject = options.project ?? process.env['SLIPWAY_PROJECT'];
  return {
    client,
    settings,
    signal,
    namedProject,
    idempotencyKey,
    output,
    project: async () => namedProject ?? onlyProject(client),
  };
}

function checkedKey(key: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new UsageError(`--idempotency-key takes 1 to 200 visible ASCII characters without spaces, not '${key}'`);
}

/** Commands go under this key instead of one of their own. */
const keyedWith = (key: string): Parameters<ApiClient['use']>[0] => ({
  onRequest({ request }) {
    if (request.headers.has('idempotency-key')) request.headers.set('idempotency-key', key);
    return request;
  },
});

/** A gateway that is being replaced is away for a moment. Said once to a command: a watch says more by itself. */
function retryOf(output: Output): RetryOptions {
  let said = false;
  const onRetry = (why: string): void => {
    if (!said) output.note(`${why} Trying again ...`);
    said = true;
  };
  return { pausesMs: [500, 1_000, 2_000], onRetry };
}

async function onlyProject(client: ApiClient): Promise<string> {
  const { data } = await client.GET('/api/v1/projects', { params: { query: { limit: 10 } } });
  const names = data!.items.map((project) => project.name);
  if (names.length === 1) return names[0]!;
  throw new UsageError(
    names.length === 0
      ? 'There is no project yet; create one: slipway projects create <name>'
      : `Name a project with --project or SLIPWAY_PROJECT: ${names.join(', ')}`,
  );
}
