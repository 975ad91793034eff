import {
  digestOf,
  endpointOf,
  prometheusEndpointOf,
  SlipwayError,
  type CredentialPin,
  type PrometheusCredential,
  type TargetConnection,
  type TargetCredential,
} from '@slipway/contracts';
import type { TargetAccess } from '@slipway/runtime-target';
import type { CredentialStore } from '@slipway/secrets';

export interface TargetPlace {
  readonly projectId: string;
  readonly targetId: string;
}
export interface Entrance {
  readonly connection: TargetConnection;
  readonly credential: CredentialPin | null;
  readonly prometheusCredential: CredentialPin | null;
}

/** As they came in; for the moment in which they are tried. */
export interface GivenCredentials {
  readonly credential?: TargetCredential;
  readonly prometheusCredential?: PrometheusCredential;
}

/** The ways into targets. A credential is opened when a runtime connects, for the endpoint that it was given for, and not kept. */
export class TargetAccesses {
  constructor(private readonly credentials: CredentialStore) {}

  of(place: TargetPlace, entrance: Entrance): TargetAccess {
    const { connection, credential } = entrance;
    return {
      key: digestOf([place.projectId, place.targetId, connection, credential?.version ?? 0, credential?.fingerprint ?? '']),
      connection,
      credential: () => this.opened(place, entrance),
      prometheusCredential: () => this.prometheus(place, entrance),
    };
  }

  /** A way in that is tried before what opens it is sealed: with the credentials at hand, where the entrance pins none. */
  trial(place: TargetPlace, entrance: Entrance, { credential, prometheusCredential }: GivenCredentials): TargetAccess {
    const kept = this.of(place, entrance);
    const endpoint = endpointOf(entrance.connection);
    const fingerprint = credential && this.credentials.fingerprint({ ...place, endpoint }, credential);
    return {
      ...kept,
      ...(credential && { key: digestOf([kept.key, fingerprint]), credential: () => Promise.resolve(credential) }),
      ...(prometheusCredential && { prometheusCredential: () => Promise.resolve(prometheusCredential) }),
    };
  }

  private async opened({ projectId, targetId }: TargetPlace, { connection, credential }: Entrance): Promise<TargetCredential | null> {
    const endpoint = endpointOf(connection);
    if (endpoint === '') return null;
    if (credential) return this.credentials.reveal<TargetCredential>({ projectId, targetId, endpoint }, credential);
    throw new SlipwayError('credential_refused', `Target '${targetId}' has no credential; give it one with 'slipway targets rotate'.`, {
      target_id: targetId,
    });
  }

  private async prometheus(place: TargetPlace, { connection, prometheusCredential }: Entrance): Promise<PrometheusCredential | null> {
    const endpoint = prometheusEndpointOf(connection);
    if (!prometheusCredential || endpoint === undefined) return null;
    return this.credentials.reveal<PrometheusCredential>({ ...place, endpoint, use: 'prometheus' }, prometheusCredential);
  }
}
