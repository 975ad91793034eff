const ASSIGNED = /\b((?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|credential)s?\s*(?:=|:|\bis\b)\s*)\S+/gi;
const JWT = /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]+/g;
const BEARER = /\b(bearer\s+)\S+/gi;

/** An utterance without what reads like a credential: it goes into the event log, and perhaps to a model. */
export const maskSecrets = (text: string): string => text.replace(JWT, '***').replace(BEARER, '$1***').replace(ASSIGNED, '$1***');
