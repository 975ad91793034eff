import { SlipwayError } from '@slipway/contracts';

/** Largest answer that is read, in bytes. */
const MAX_ANSWER_BYTES = 256 * 1024;
const MAX_CALLS = 8;

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it. */
  readonly arguments: string;
}
export interface AssistantTurn {
  readonly content: string;
  readonly calls: readonly ToolCall[];
}
/** A message of the chat completions protocol, as it is sent. */
export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly tool_calls?: readonly object[] }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string };
export interface ChatTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: object;
}

export interface ChatEndpointOptions {
  /** The configured one; nothing else is ever called. Ends before `/chat/completions`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey?: string;
  readonly timeoutMs: number;
}

/**
 * An OpenAI-compatible chat completions endpoint. Only the configured address is called: redirects are refused, and nothing in an answer is
 * followed. Time and size are bounded.
 */
export class ChatEndpoint {
  private readonly url: string;
  constructor(private readonly options: ChatEndpointOptions) {
    this.url = `${options.baseUrl.replace(/\/+$/, '')}/chat/completions`;
  }

  /** @throws SlipwayError `dependency_failed` for an answer that is none, `dependency_unavailable` for no answer. */
  async complete(messages: readonly ChatMessage[], tools: readonly ChatTool[], signal: AbortSignal): Promise<AssistantTurn> {
    const { model, apiKey, timeoutMs } = this.options;
    const body = {
      model,
      messages,
      temperature: 0,
      tools: tools.map((tool) => ({ type: 'function', function: tool })),
    };
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      if (!response.ok) throw new SlipwayError('dependency_failed', `The AI endpoint answered ${response.status}.`);
      return turnOf(JSON.parse(await boundedText(response)) as unknown);
    } catch (cause) {
      if (cause instanceof SlipwayError) throw cause;
      const failed = cause instanceof SyntaxError;
      throw failed
        ? new SlipwayError('dependency_failed', 'The AI endpoint answered no JSON.', {}, { cause })
        : new SlipwayError('dependency_unavailable', 'The AI endpoint did not answer.', {}, { cause });
    }
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new SlipwayError('dependency_failed', 'The answer of the AI endpoint is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;

/** What of an answer is used; anything else in it is passed over. */
function turnOf(answer: unknown): AssistantTurn {
  const choices = member(answer, 'choices');
  const message = member(Array.isArray(choices) ? (choices[0] as unknown) : undefined, 'message');
  if (typeof message !== 'object' || message === null) throw new SlipwayError('dependency_failed', 'The AI endpoint answered no message.');
  const content = member(message, 'content');
  const calls = member(message, 'tool_calls');
  return {
    content: typeof content === 'string' ? content : '',
    calls: (Array.isArray(calls) ? (calls as unknown[]) : []).slice(0, MAX_CALLS).flatMap(callOf),
  };
}

function callOf(call: unknown): ToolCall[] {
  const [id, called] = [member(call, 'id'), member(call, 'function')];
  const [name, args] = [member(called, 'name'), member(called, 'arguments')];
  if (typeof id !== 'string' || typeof name !== 'string') return [];
  return [{ id: id.slice(0, 200), name: name.slice(0, 100), arguments: typeof args === 'string' ? args : JSON.stringify(args ?? {}) }];
}
