import type { ActorType, Grant } from '@slipway/contracts';

/** A verified JWT: what its issuer says. */
export interface IssuedIdentity {
  readonly kind: 'jwt';
  readonly issuer: string;
  readonly actorId: string;
  readonly actorType: ActorType;
  readonly name: string;
  readonly groups: readonly string[];
  /** What the token itself grants; of the embedded issuer only. */
  readonly claims: readonly Grant[];
  /** Seconds since the epoch. */
  readonly expiresS: number;
  /** What is made from it ends with it: nobody tells us when an embedded identity ends. */
  readonly bindsChildren: boolean;
}
/** An access token of ours whose secret was right. */
export interface TokenCredential {
  readonly kind: 'token';
  readonly tokenId: string;
}
export type Credential = IssuedIdentity | TokenCredential;
