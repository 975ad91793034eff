export const SIGN_IN = 'SIGN_IN';

/** What the sign-in page offers. */
export interface SignIn {
  /** The identity provider, by the name to show; null where none is configured. */
  readonly oidc: { readonly name: string } | null;
  /** A token can be exchanged for a session. */
  readonly token: boolean;
}
