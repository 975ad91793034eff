/** Injection tokens: where people reach the page, without a slash at the end; the mail server, or null. */
export const PAGE_URL = 'PAGE_URL';
export const MAIL = 'MAIL';
