/** The nonce that this page's content security policy asks of style elements; the gateway makes one for every page. */
export const cspNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
