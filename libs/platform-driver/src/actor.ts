import type { ApiClient, Schemas } from '@slipway/api-client';
import { bytesOf, packDirectory } from '@slipway/artifact-archive';
import { eventually } from '@slipway/testing';
import { sampleDirectory, type SampleOptions } from './sample-artifact';

export type ReleaseView = Schemas['ReleaseView'];
export type PreviewView = Schemas['PreviewView'];
type Status = ReleaseView['status'];

export interface DeployInput {
  readonly project?: string;
  readonly service?: string;
  readonly artifact: string;
  readonly environment?: string;
  readonly target?: string;
  readonly strategy?: Schemas['PreviewRelease']['strategy'];
  readonly variables?: Schemas['PreviewRelease']['variables'];
  readonly reason?: string;
}

const ENDED: readonly Status[] = ['rejected', 'expired', 'superseded', 'cancelled', 'applied', 'failed', 'rolled_back', 'rollback_failed'];
const DEFAULTS = { project: 'demo', service: 'hello', environment: 'dev', target: 'local' } as const;

/** One caller of the API and what it does in a journey; refusals are `ApiError`. */
export class Actor {
  constructor(
    readonly api: ApiClient,
    readonly name: string,
  ) {}

  /** Uploads a sample service that behaves as asked; see `sampleDirectory`. */
  async push(version: string, sample: SampleOptions = {}, service: string = DEFAULTS.service): Promise<Schemas['ArtifactView']> {
    const tarball = await bytesOf(packDirectory(sampleDirectory({ greeting: version, ...sample })));
    return this.api.uploadArtifact({ project: DEFAULTS.project, service, version }, tarball);
  }

  async createService(name: string): Promise<Schemas['ServiceView']> {
    return (await this.api.POST('/api/v1/services', { params: {}, body: { project: DEFAULTS.project, name } })).data!;
  }

  async preview(input: DeployInput): Promise<PreviewView> {
    return (await this.api.POST('/api/v1/deploy/releases/preview', { params: {}, body: { ...DEFAULTS, ...input } })).data!;
  }

  async apply(release: Pick<ReleaseView, 'release_id' | 'preview_ref'>): Promise<ReleaseView> {
    const params = { path: { id: release.release_id } };
    return (await this.api.POST('/api/v1/deploy/releases/{id}/apply', { params, body: { preview_ref: release.preview_ref } })).data!;
  }

  /** Preview and apply; answers as soon as the apply is accepted. */
  async start(input: DeployInput): Promise<ReleaseView> {
    return this.apply(await this.preview(input));
  }

  /** Preview, apply, and wait for the end, whatever it is. */
  async deploy(input: DeployInput, timeoutMs = 60_000): Promise<ReleaseView> {
    const { release_id: id } = await this.start(input);
    return this.untilEnded(id, timeoutMs);
  }

  async rollback(id: string, reason?: string): Promise<ReleaseView> {
    return (await this.api.POST('/api/v1/deploy/releases/{id}/rollback', { params: { path: { id } }, body: { reason } })).data!;
  }

  async approve(ticket: string, comment?: string): Promise<Schemas['TicketView']> {
    return (await this.api.POST('/api/v1/approvals/inbox/{id}/approve', { params: { path: { id: ticket } }, body: { comment } })).data!;
  }

  async reject(ticket: string, comment?: string): Promise<Schemas['TicketView']> {
    return (await this.api.POST('/api/v1/approvals/inbox/{id}/reject', { params: { path: { id: ticket } }, body: { comment } })).data!;
  }

  async release(id: string): Promise<ReleaseView> {
    return (await this.api.GET('/api/v1/deploy/releases/{id}', { params: { path: { id } } })).data!;
  }

  async slot(id: string): Promise<Schemas['SlotView']> {
    return (await this.api.GET('/api/v1/deploy/slots/{id}', { params: { path: { id } } })).data!;
  }

  /** The release's timeline, no older than what this actor saw of the release before. */
  async timeline(id: string): Promise<Schemas['TimelineEntry'][]> {
    const { data } = await this.api.GET('/api/v1/deploy/releases/{id}/timeline', { params: { path: { id }, query: { limit: 200 } } });
    return (data as Schemas['TimelineView']).entries;
  }

  /** Polls until the release has one of the statuses. @throws Error that shows where it stands at the deadline. */
  async until(id: string, statuses: readonly Status[], timeoutMs = 60_000): Promise<ReleaseView> {
    return eventually(
      async () => {
        const view = await this.release(id);
        if (statuses.includes(view.status)) return view;
        throw new Error(`release ${id} is ${view.status}, not ${statuses.join(' or ')}: ${view.diagnostics_json?.summary ?? ''}`);
      },
      { timeoutMs, intervalMs: 50 },
    );
  }

  untilEnded(id: string, timeoutMs?: number): Promise<ReleaseView> {
    return this.until(id, ENDED, timeoutMs);
  }
}
