import type { Check, PrometheusCredential, TargetConnection, TargetCredential } from '@slipway/contracts';

/**
 * A place and the way in. An adapter asks for the credential when it connects and never stores it; what it keeps open between
 * calls is filed under `key`, which changes with the connection and with the credential.
 */
export interface TargetAccess {
  readonly key: string;
  readonly connection: TargetConnection;
  /**
   * Null: this target has none (process runtime).
   * @throws SlipwayError `credential_refused` when it is missing or does not open for this endpoint, `dependency_unavailable`
   */
  credential(): Promise<TargetCredential | null>;
  /** The login of its Prometheus; null, or absent: it asks for none. Errors as `credential`. */
  prometheusCredential?(): Promise<PrometheusCredential | null>;
}

/**
 * Where this executor may connect to. An adapter resolves through it, and connects to the address that it got: a name that
 * changes between the look and the connect gains nothing.
 */
export interface NetworkPolicy {
  /** @throws SlipwayError `address_refused` for a private, link-local or loopback address that the operator has not allowed. */
  resolve(host: string): Promise<string>;
}

/** What a connection was found to be: every check says what is missing and how to fix it. */
export interface ConnectionReport {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** Versions found there, by name: `docker`, `compose`, `kubernetes`, ... */
  readonly versions: Readonly<Record<string, string>>;
  /** The host key that the host presents (`SHA256:...`), where none is pinned: shown before anyone trusts it. */
  readonly presentedHostKey?: string;
}
