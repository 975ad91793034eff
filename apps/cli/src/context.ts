import { createApiClient, type ApiClient } from '@slipway/api-client';
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
}

export function contextOf(options: GlobalOptions, signal: AbortSignal): Context {
  const settings = settingsOf(options);
  const client = createApiClient({ baseUrl: settings.url, token: settings.token, source: 'cli' });
  const namedProject = options.project ?? process.env['SLIPWAY_PROJECT'];
  return {
    client,
    settings,
    signal,
    namedProject,
    output: outputOf(process.stdout, options.json ?? false),
    project: async () => namedProject ?? onlyProject(client),
  };
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
