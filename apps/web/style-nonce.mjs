const CREATES_STYLE = /document\.createElement\(['"]style['"]\)/g;
const DRAWS_STYLE = /jsx\("style", \{/g;
const NONCE = "document.querySelector('meta[property=csp-nonce]')?.nonce";

/** Vite plugin: libraries that add a style element while they load do it with the page's nonce, so that the page's CSP stays strict. */
export const styleNonce = (libraries) => ({
  name: 'slipway:style-nonce',
  apply: 'build',
  transform(code, id) {
    if (!libraries.some((library) => id.includes(library))) return undefined;
    const created = code.replace(CREATES_STYLE, `Object.assign(document.createElement('style'), { nonce: ${NONCE} ?? '' })`);
    const drawn = created.replace(DRAWS_STYLE, `jsx("style", { nonce: ${NONCE}, `);
    return drawn === code ? undefined : { code: drawn, map: null };
  },
});
