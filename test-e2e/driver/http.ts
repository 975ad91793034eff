import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Platform, Role } from '@slipway/platform-driver';

/** Bodies are read as a user of the API reads them: what `JSON.parse` gives. */
export type JsonObject = Record<string, ReturnType<typeof JSON.parse>>;

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: JsonObject;
  readonly headers: Headers;
}

interface OpenApi {
  readonly paths: Record<string, Record<string, unknown>>;
}

/** The API as curl sees it; every answer is held against the OpenAPI document that the gateway itself serves. */
export class Http {
  private readonly ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  private readonly paths: { path: string; expression: RegExp }[];

  private constructor(
    private readonly platform: Platform,
    readonly document: OpenApi,
  ) {
    this.ajv.addSchema(document, 'openapi');
    this.paths = Object.keys(document.paths)
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .map((path) => ({ path, expression: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`) }));
  }

  static async of(platform: Platform): Promise<Http> {
    const response = await fetch(`${platform.url}/api/v1/openapi.json`);
    return new Http(platform, (await response.json()) as OpenApi);
  }

  get = (role: Role, path: string, headers?: Record<string, string>): Promise<Answer> => this.call(role, 'GET', path, undefined, headers);
  post = (role: Role, path: string, body: unknown = {}, headers?: Record<string, string>): Promise<Answer> =>
    this.call(role, 'POST', path, JSON.stringify(body), headers);

  /** Sends the text as it is. @throws Error when the answer is not as documented. */
  async call(role: Role | undefined, method: string, path: string, text?: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.platform.url}/api/v1${path}`, {
      method,
      body: text,
      headers: {
        ...(role && { authorization: `Bearer ${this.platform.token(role)}` }),
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const contentType = (response.headers.get('content-type') ?? '').split(';')[0]!.trim();
    const raw = await response.text();
    const body = (contentType.endsWith('json') ? JSON.parse(raw) : { text: raw }) as JsonObject;
    const faults = this.faults(method, `/api/v1${path.split('?')[0]!}`, response.status, contentType, body);
    if (faults.length > 0)
      throw new Error(`${method} ${path} answered ${response.status}, not as documented: ${faults.join('; ')}\n${raw.slice(0, 800)}`);
    return { status: response.status, contentType, body, headers: response.headers };
  }

  private faults(method: string, path: string, status: number, contentType: string, body: unknown): string[] {
    const documented = this.paths.find(
      ({ path: known, expression }) => expression.test(path) && this.document.paths[known]![method.toLowerCase()],
    );
    if (!documented) return status >= 400 && contentType === 'application/problem+json' ? [] : ['the route is not documented'];
    const key = status < 400 ? String(status) : 'default';
    const pointer = ['paths', documented.path, method.toLowerCase(), 'responses', key, 'content', contentType, 'schema'];
    const ref = `openapi#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    const validate = this.ajv.getSchema(ref);
    if (!validate) return [`${status} ${contentType} is not documented`];
    return validate(body) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }
}
