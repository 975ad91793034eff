import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

export interface WebhookAnswer {
  readonly status: number;
  /** The first kilobyte of the body. */
  readonly excerpt: string;
  readonly retryAfterMs: number;
}

const EXCERPT_BYTES = 1024;

/**
 * Posts to the address that was looked at, under the URL's name: one connection, no redirects, no more of the answer than an excerpt,
 * and all of it within the time.
 * @throws Error of the network, of TLS, or of the time that ran out
 */
export async function postWebhook(
  { url, address }: { readonly url: URL; readonly address: string },
  { headers, body, timeoutMs }: { readonly headers: Record<string, string>; readonly body: string; readonly timeoutMs: number },
): Promise<WebhookAnswer> {
  const family = isIP(address);
  const lookup: LookupFunction = (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family));
  const signal = AbortSignal.timeout(timeoutMs);
  const request = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        lookup,
        signal,
        maxHeaderSize: 16_384,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Slipway-Webhooks/1',
          ...headers,
        },
      },
      (answer) => void excerptOf(answer).then((excerpt) => resolve({ ...headOf(answer), excerpt }), reject),
    );
    sent.on('error', (error) => reject(signal.aborted ? new Error(`no answer within ${timeoutMs} ms`, { cause: error }) : error));
    sent.end(body);
  });
}

const headOf = ({ statusCode = 0, headers }: IncomingMessage): Pick<WebhookAnswer, 'status' | 'retryAfterMs'> => {
  const seconds = Number(headers['retry-after']);
  return { status: statusCode, retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0 };
};

async function excerptOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length >= EXCERPT_BYTES) break;
  }
  // Text columns take no NUL.
  return Buffer.concat(parts).subarray(0, EXCERPT_BYTES).toString('utf8').replaceAll('\0', '');
}
