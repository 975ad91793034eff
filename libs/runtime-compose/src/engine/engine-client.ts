import { Agent, request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { SlipwayError } from '@slipway/contracts';
import type { SshConnection } from '@slipway/ssh';
import { DIAL_ENGINE } from '../host/helper';
import { lookAgain } from '../host/look-again';

/** No bound on those in use beside the SSH connection's own: node never tries again for a request that waits in an Agent's queue. */
const MAX_KEPT = 6;
const TIMEOUT_MS = 30_000;

/** What node's HTTP client asks of a socket beyond a stream. */
function asSocket(channel: Duplex): Duplex {
  const nothing = (): Duplex => channel;
  return Object.assign(channel, {
    setKeepAlive: nothing,
    setNoDelay: nothing,
    setTimeout: nothing,
    ref: nothing,
    unref: nothing,
    destroySoon: () => channel.end(),
  });
}

/** Connections to the Docker Engine of a host: `docker system dial-stdio` in channels of one SSH connection, kept between calls. */
class EngineAgent extends Agent {
  constructor(
    private readonly connection: () => Promise<SshConnection>,
    kept: boolean,
  ) {
    super(kept ? { keepAlive: true, maxFreeSockets: MAX_KEPT } : { keepAlive: false });
  }

  override createConnection(_options: object, callback?: (error: Error | null, stream: Duplex) => void): Duplex | null | undefined {
    void this.connection()
      .then((connection) => connection.open(DIAL_ENGINE))
      .then(
        (channel) => callback?.(null, asSocket(channel)),
        (error: unknown) => callback?.(error instanceof Error ? error : new Error(String(error)), undefined as never),
      );
    return undefined;
  }
}

/** The Docker Engine's API, for looking only: whatever changes a host goes through its fenced helper. */
export class EngineClient {
  private readonly agent: EngineAgent;
  /** Digests by image and by how a container names it, once the engine has confirmed them: content never changes under its digest. */
  readonly confirmedDigests = new Map<string, string>();

  /** `kept`: few connections that are used again and again, for calls; else one for each stream. */
  constructor(connection: () => Promise<SshConnection>, { kept }: { readonly kept: boolean }) {
    this.agent = new EngineAgent(connection, kept);
  }

  /** @throws SlipwayError `dependency_unavailable`; `unknown_resource` for 404; `dependency_failed` for any other refusal. */
  async get<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return JSON.parse(await lookAgain(async () => textOf(await this.open(path, query, signal)))) as T;
  }

  /** The answer as it comes; ends when the signal aborts. */
  open(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<IncomingMessage> {
    const url = `${path}?${new URLSearchParams(query).toString()}`;
    return new Promise((resolve, reject) => {
      const abort = (): void => reject(unavailable(signal.reason instanceof Error ? signal.reason : new Error('aborted')));
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      const asking = request({ agent: this.agent, path: url, headers: { host: 'docker' }, signal }, (answer) => {
        if ((answer.statusCode ?? 500) < 300) resolve(answer);
        else void refusal(answer, path).then(reject, reject);
      });
      asking.on('error', (error) => reject(unavailable(error)));
      asking.once('close', () => signal.removeEventListener('abort', abort));
      asking.end();
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  } catch (error) {
    throw unavailable(error instanceof Error ? error : new Error(String(error)));
  }
  return text;
}

async function refusal(answer: IncomingMessage, path: string): Promise<SlipwayError> {
  const text = await textOf(answer);
  const code = answer.statusCode === 404 ? 'unknown_resource' : 'dependency_failed';
  return new SlipwayError(code, `The Docker Engine answers ${answer.statusCode} to ${path}: ${text.slice(0, 500)}`);
}

function unavailable(error: Error): SlipwayError {
  if (error.name === 'SlipwayError') return error as SlipwayError;
  return new SlipwayError(
    'dependency_unavailable',
    `The Docker Engine of the host cannot be asked: ${error.message}`,
    {},
    { cause: error },
  );
}
