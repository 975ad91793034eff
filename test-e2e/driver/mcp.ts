import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Platform, Role } from '@slipway/platform-driver';
import type { JsonObject } from './http';

/** What a tool answered: its result, or the error that says what to do next. */
export interface Called {
  readonly result: JsonObject;
  readonly error: JsonObject | undefined;
}

/** An agent as MCP clients are: the official SDK over streamable HTTP, with the token of a role. */
export class McpAgent {
  /** Messages of progress notifications, as they came. */
  readonly progress: string[] = [];

  private constructor(
    readonly client: Client,
    readonly transport: StreamableHTTPClientTransport,
  ) {}

  static async connect(platform: Platform, role: Role, query = ''): Promise<McpAgent> {
    const headers = { authorization: `Bearer ${platform.token(role)}` };
    const transport = new StreamableHTTPClientTransport(new URL(`${platform.url}/mcp${query}`), { requestInit: { headers } });
    const client = new Client({ name: 'journey', version: '1' });
    await client.connect(transport);
    return new McpAgent(client, transport);
  }

  async tools(): Promise<string[]> {
    return (await this.client.listTools()).tools.map(({ name }) => name);
  }

  async call(name: string, args: Record<string, unknown> = {}): Promise<Called> {
    const answer = await this.client.callTool({ name, arguments: args }, undefined, {
      timeout: 120_000,
      onprogress: ({ message }) => void this.progress.push(message ?? ''),
    });
    const [{ text }] = answer.content as [{ text: string }];
    const body = JSON.parse(text) as JsonObject;
    return { result: body, error: answer.isError ? (body.error as JsonObject) : undefined };
  }

  close = (): Promise<void> => this.client.close();
}
