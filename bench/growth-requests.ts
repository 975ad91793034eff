import { Agent, request } from 'node:http';
import type { GrownPlatform } from './growth-platform';

/** What is measured; `apply` is the answer of POST apply to prod, which opens a ticket. */
export const OPERATIONS = ['preview', 'apply', 'timeline', 'inbox', 'inbox, pending', 'release list', 'release list of a project'] as const;
export type Operation = (typeof OPERATIONS)[number];

const PREVIEW = { project: 'demo', service: 'hello', artifact: '1.0.1', environment: 'prod', target: 'local' };
const PAGE = 20;

/** One caller of one platform's gateway: one connection, one request at a time. */
export class Requests {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private draft: { release_id: string; preview_ref: string } | undefined;

  constructor(private readonly grown: GrownPlatform) {}

  /** Milliseconds until the whole answer is there. An apply is of the preview before it. */
  async time(operation: Operation): Promise<number> {
    const began = performance.now();
    const body = await this.send(operation);
    const ms = performance.now() - began;
    if (operation === 'preview') this.draft = JSON.parse(body) as { release_id: string; preview_ref: string };
    return ms;
  }

  close(): void {
    this.agent.destroy();
  }

  private send(operation: Operation): Promise<string> {
    const releases = '/api/v1/deploy/releases';
    switch (operation) {
      case 'preview':
        return this.call('developer', 'POST', `${releases}/preview`, PREVIEW);
      case 'apply':
        return this.call('developer', 'POST', `${releases}/${this.draft!.release_id}/apply`, { preview_ref: this.draft!.preview_ref });
      case 'timeline':
        return this.call('admin', 'GET', `${releases}/${this.grown.releaseId}/timeline`);
      case 'inbox':
        return this.call('admin', 'GET', `/api/v1/approvals/inbox?limit=${PAGE}`);
      case 'inbox, pending':
        return this.call('admin', 'GET', `/api/v1/approvals/inbox?filter=pending&limit=${PAGE}`);
      case 'release list':
        return this.call('admin', 'GET', `${releases}?limit=${PAGE}`);
      case 'release list of a project':
        // The project of the measured previews: its page is as full on both platforms.
        return this.call('admin', 'GET', `${releases}?project=demo&limit=${PAGE}`);
    }
  }

  private call(role: 'developer' | 'admin', method: string, path: string, body?: object): Promise<string> {
    const { platform } = this.grown;
    const headers = { authorization: `Bearer ${platform.token(role)}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    return new Promise((resolve, reject) => {
      const call = request(`${platform.url}${path}`, { agent: this.agent, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.once('end', () => {
          if ((response.statusCode ?? 500) < 300) resolve(text);
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 500)}`));
        });
        response.once('error', reject);
      });
      call.once('error', reject);
      call.end(body && JSON.stringify(body));
    });
  }
}
