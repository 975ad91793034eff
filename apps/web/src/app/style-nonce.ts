import { cspNonce } from './csp-nonce';

declare global {
  interface Window {
    __webpack_nonce__?: string;
  }
}

/** Locking the page's scroll behind a dialog adds a style element; its library takes the nonce from where bundlers leave it. */
export const styleNonceForScrollLock = (): void => {
  window.__webpack_nonce__ = cspNonce();
};
