import { SlipwayError } from '@slipway/contracts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;
const KEEP_MS = 60 * 60 * 1000;
const RETRY_MS = 10_000;

/** What of the provider's metadata is used. */
export interface ProviderMetadata {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint?: string;
}

/** Fetches from the configured provider and from nowhere else: no redirect is followed, time and size are bounded. */
export async function fetchBounded(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop cancels the rest.
    if (bytes > MAX_BYTES) throw new Error(`${new URL(url).host} answers with more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status: response.status, headers: response.headers });
}

/** The provider's metadata (OpenID Connect Discovery 1.0): read when first needed, kept for an hour, asked for again at most every ten seconds. */
export class Provider {
  private known: { readonly metadata: ProviderMetadata; readonly untilMs: number } | undefined;
  private asking: Promise<ProviderMetadata> | undefined;
  private failedMs = 0;
  constructor(readonly issuer: string) {}

  /** @throws SlipwayError `dependency_unavailable` */
  async metadata(): Promise<ProviderMetadata> {
    if (this.known && this.known.untilMs > Date.now()) return this.known.metadata;
    if (!this.asking && Date.now() - this.failedMs < RETRY_MS) return this.known?.metadata ?? unavailable();
    this.asking ??= this.discover().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async discover(): Promise<ProviderMetadata> {
    try {
      const response = await fetchBounded(`${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
      if (!response.ok) throw new Error(`the provider answers ${response.status}`);
      const metadata = this.checked((await response.json()) as Record<string, unknown>);
      this.known = { metadata, untilMs: Date.now() + KEEP_MS };
      return metadata;
    } catch (cause) {
      this.failedMs = Date.now();
      return this.known?.metadata ?? unavailable(cause);
    }
  }

  private checked(document: Record<string, unknown>): ProviderMetadata {
    if (document['issuer'] !== this.issuer) throw new Error(`the metadata names the issuer '${String(document['issuer'])}'`);
    const endpoint = (name: string): string => {
      const url = document[name];
      const usable =
        typeof url === 'string' && URL.canParse(url) && ['https:', new URL(this.issuer).protocol].includes(new URL(url).protocol);
      if (!usable) throw new Error(`the metadata has no usable ${name}`);
      return url;
    };
    return {
      authorization_endpoint: endpoint('authorization_endpoint'),
      token_endpoint: endpoint('token_endpoint'),
      jwks_uri: endpoint('jwks_uri'),
      ...(document['userinfo_endpoint'] === undefined ? {} : { userinfo_endpoint: endpoint('userinfo_endpoint') }),
    };
  }
}

function unavailable(cause?: unknown): never {
  throw new SlipwayError(
    'dependency_unavailable',
    'The identity provider does not answer at the moment; try again shortly.',
    {},
    { cause },
  );
}
