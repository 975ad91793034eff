import { digestOf, endpointOf, SlipwayError, type CredentialPin, type TargetConnection } from '@slipway/contracts';
import type { TargetAccess } from '@slipway/runtime-target';
import type { CredentialStore } from '@slipway/secrets';

export interface TargetPlace {
  readonly projectId: string;
  readonly targetId: string;
}
interface Entrance {
  readonly connection: TargetConnection;
  readonly credential: CredentialPin | null;
}

/** The ways into targets. A credential is opened when a runtime connects, for the endpoint that it was given for, and not kept. */
export class TargetAccesses {
  constructor(private readonly credentials: CredentialStore) {}

  of({ projectId, targetId }: TargetPlace, { connection, credential }: Entrance): TargetAccess {
    const endpoint = endpointOf(connection);
    return {
      key: digestOf([projectId, targetId, connection, credential?.version ?? 0, credential?.fingerprint ?? '']),
      connection,
      credential: async () => {
        if (endpoint === '') return null;
        if (credential) return this.credentials.reveal({ projectId, targetId, endpoint }, credential);
        throw new SlipwayError('credential_refused', `Target '${targetId}' has no credential; give it one with 'slipway targets rotate'.`, {
          target_id: targetId,
        });
      },
    };
  }
}
