import { SlipwayError } from '@slipway/contracts';
import { EgressPolicy, isInNetworks, networkIn, type Lookup, type Network } from '@slipway/egress';

export interface WebhookEgressSettings {
  /** Private networks that webhooks may be posted to, e.g. `10.0.0.0/8`. */
  readonly networks: string;
  /** Hosts and networks that may be posted to without TLS. */
  readonly plain: string;
}

/** Where webhooks may go: a stranger names the URL, and this process stands inside the operator's network. */
export class WebhookEgress {
  private readonly policy: EgressPolicy;
  private readonly plainHosts: ReadonlySet<string>;
  private readonly plainNetworks: readonly Network[];

  constructor({ networks, plain }: WebhookEgressSettings, lookup?: Lookup) {
    this.policy = EgressPolicy.parse(networks, 'SLIPWAY_WEBHOOK_NETWORKS', lookup);
    const words = plain.split(',').flatMap((word) => word.trim() || []);
    this.plainNetworks = words.map(networkIn).filter((network) => network !== undefined);
    this.plainHosts = new Set(words.filter((word) => networkIn(word) === undefined));
  }

  /**
   * The one address to connect to, as it is now: who connects elsewhere on the name's word has looked twice.
   * @throws SlipwayError `invalid_request` for what is no such URL, `address_refused`, `dependency_unavailable` for a name without address
   */
  async admit(text: string): Promise<{ readonly url: URL; readonly address: string }> {
    const url = webhookUrl(text);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const address = await this.policy.resolve(host);
    if (url.protocol === 'http:' && !this.plainHosts.has(host) && !isInNetworks(address, this.plainNetworks)) {
      throw new SlipwayError(
        'address_refused',
        `'${url.origin}' is without TLS; use https, or have the operator add the host or its network to SLIPWAY_WEBHOOK_HTTP.`,
        { host, setting: 'SLIPWAY_WEBHOOK_HTTP' },
      );
    }
    return { url, address };
  }
}

/** @throws SlipwayError `invalid_request` */
export function webhookUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw invalid('is no http or https URL');
  if (url.username !== '' || url.password !== '') throw invalid('must not hold a user or password');
  url.hash = '';
  return url;
}

const invalid = (what: string): SlipwayError => new SlipwayError('invalid_request', `The webhook's URL ${what}.`, { field: 'url' });
