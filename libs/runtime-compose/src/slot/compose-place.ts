import { connectionOf, SlipwayError, type ComposeConnection } from '@slipway/contracts';
import type { TargetAccess } from '@slipway/runtime-target';
import type { SshAccess, SshPool } from '@slipway/ssh';
import { EngineClient } from '../engine/engine-client';
import { ComposeHost } from '../host/compose-host';

/** A Docker host as its target names it. */
export interface ComposePlace {
  readonly connection: ComposeConnection;
  readonly host: ComposeHost;
  /** For short calls. */
  readonly engine: EngineClient;
  /** For what stays open: events, logs that are followed. */
  readonly streams: EngineClient;
}

export function composeConnectionOf({ connection }: Pick<TargetAccess, 'connection'>): ComposeConnection {
  const compose = connectionOf('compose', connection);
  if (!compose) throw new TypeError('not a connection of the compose runtime');
  return compose;
}

/** @throws SlipwayError `host_key_mismatch` when no host key is pinned: nobody is logged in to a host that could be any. */
export function sshAccessOf(access: TargetAccess): SshAccess {
  const { host, port, user, host_key: hostKey } = composeConnectionOf(access);
  if (hostKey === undefined) {
    const message = `No host key is pinned for ${host}. Compare the key that the host presents with what its owner says, and store it as host_key.`;
    throw new SlipwayError('host_key_mismatch', message, { host });
  }
  return { key: access.key, endpoint: { host, port, user, hostKey }, credential: () => sshKeyOf(access) };
}

async function sshKeyOf(access: TargetAccess): Promise<{ privateKey: string; passphrase?: string }> {
  const credential = await access.credential();
  if (credential?.kind !== 'ssh_key') {
    throw new SlipwayError('credential_refused', 'A Docker host is opened by an SSH key (credential kind ssh_key); this target has none.');
  }
  return { privateKey: credential.private_key, ...(credential.passphrase !== undefined && { passphrase: credential.passphrase }) };
}

/** Places by access key: one Engine client each, so that its connections are kept between calls. */
export class ComposePlaces {
  private readonly places = new Map<string, ComposePlace>();

  constructor(private readonly pool: SshPool) {}

  of(access: TargetAccess): ComposePlace {
    const known = this.places.get(access.key);
    if (known) return known;
    const host = new ComposeHost(this.pool, sshAccessOf(access));
    const place: ComposePlace = {
      connection: composeConnectionOf(access),
      host,
      engine: new EngineClient(() => host.connection('engine'), { kept: true }),
      streams: new EngineClient(() => host.streamConnection(), { kept: false }),
    };
    this.places.set(access.key, place);
    return place;
  }

  close(): void {
    for (const { engine, streams } of this.places.values()) {
      engine.close();
      streams.close();
    }
    this.places.clear();
  }
}
