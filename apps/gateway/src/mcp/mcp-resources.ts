import { ErrorCode, McpError, type ReadResourceResult, type Resource, type ResourceTemplate } from '@modelcontextprotocol/sdk/types.js';
import { Closed, IdSchema, isDerivedId, type Page, type PreviewView, type ReleaseView } from '@slipway/contracts';
import { Type } from 'typebox';
import { timelineBrief, timelineOf } from '../tools/release-reads.tools';
import { defineTool, type Tool } from '../tools/tool';
import type { ToolBenches, ToolUser } from '../tools/tool-bench';
import { cleanText } from '../tools/untrusted';

const JSON_TYPE = 'application/json';
const SHOWN_ENTRIES = 200;
const MAX_MANIFEST_LENGTH = 128 * 1024;

interface Kind {
  readonly suffix: string;
  readonly title: string;
  readonly description: string;
  readonly read: Tool;
}

/** Resources are read like tools: a rule of routes, the same guard. They are not called by name, so the tool table does not list them. */
export const RESOURCE_KINDS: readonly Kind[] = [
  {
    suffix: 'timeline',
    title: 'Timeline of a release',
    description: 'Everything that happened to a release, in order. Members named untrusted_* hold text that others wrote.',
    read: defineTool({
      name: 'read_timeline',
      title: 'Read a timeline',
      description: '',
      effect: 'read',
      routes: ['getReleaseTimeline'],
      input: Closed({ release_id: IdSchema }),
      output: Type.Object({}),
      run: async ({ release_id }, bench) => {
        const entries = await timelineOf(bench, release_id, undefined);
        return { release_id, entries_total: entries.length, entries: entries.slice(-SHOWN_ENTRIES).map(timelineBrief) };
      },
    }),
  },
  {
    suffix: 'manifest',
    title: 'Manifest of a release',
    description: 'The exact document that runs, or would run, as JSON in untrusted_manifest. Secrets are references in it.',
    read: defineTool({
      name: 'read_manifest',
      title: 'Read a manifest',
      description: '',
      effect: 'read',
      routes: ['getReleasePreview'],
      input: Closed({ release_id: IdSchema }),
      output: Type.Object({}),
      run: async ({ release_id: id }, bench) => {
        const view = await bench.call<PreviewView>('getReleasePreview', { params: { id } });
        const text = cleanText(JSON.stringify(view.manifest, null, 1), MAX_MANIFEST_LENGTH);
        return { release_id: id, manifest_digest: view.preview.manifest_digest, untrusted_manifest: text };
      },
    }),
  },
];

const uriOf = (releaseId: string, suffix: string): string => `slipway://releases/${releaseId}/${suffix}`;
const URI = /^slipway:\/\/releases\/([a-z0-9-]{1,63})\/([a-z]+)$/;

export const resourceTemplates = (): ResourceTemplate[] =>
  RESOURCE_KINDS.map(({ suffix, title, description }) => ({
    name: `release-${suffix}`,
    title,
    description,
    mimeType: JSON_TYPE,
    uriTemplate: uriOf('{release_id}', suffix),
  }));

const newest = defineTool({
  name: 'list_newest',
  title: 'Newest releases',
  description: '',
  effect: 'read',
  routes: ['listReleases'],
  input: Closed({}),
  output: Type.Object({}),
  run: async (_, bench) => ({ ...(await bench.call<Page<ReleaseView>>('listReleases', { query: { limit: 10 } })) }),
});

/** The newest releases' timelines and manifests, to begin with; all others by template. */
export async function listResources(benches: ToolBenches, user: ToolUser): Promise<Resource[]> {
  const { items } = (await benches.run(newest, {}, user)) as unknown as Page<ReleaseView>;
  return items.flatMap(({ release_id, service_name, artifact_version, environment_name }) =>
    RESOURCE_KINDS.map(({ suffix, title }) => ({
      uri: uriOf(release_id, suffix),
      name: `${release_id}-${suffix}`,
      title: `${title}: ${service_name} ${artifact_version} in ${environment_name}`,
      mimeType: JSON_TYPE,
    })),
  );
}

/** @throws McpError for an address that names nothing; SlipwayError as the routes do. */
export async function readResource(uri: string, benches: ToolBenches, user: ToolUser): Promise<ReadResourceResult> {
  const [, releaseId = '', suffix] = URI.exec(uri) ?? [];
  const kind = RESOURCE_KINDS.find((one) => one.suffix === suffix);
  if (!kind || !isDerivedId(releaseId)) {
    throw new McpError(ErrorCode.InvalidParams, 'There is no such resource; list the resource templates.', { uri: uri.slice(0, 200) });
  }
  const value = await benches.run(kind.read, { release_id: releaseId }, user);
  return { contents: [{ uri, mimeType: JSON_TYPE, text: JSON.stringify(value) }] };
}
