import { hash } from 'node:crypto';
import { Type } from 'typebox';

/** Names and ids of every resource; only these enter NATS subjects (RELIABILITY.md, security). */
export const NAME_PATTERN = '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$';
const nameExpression = new RegExp(NAME_PATTERN);

export const isName = (value: unknown): value is string => typeof value === 'string' && nameExpression.test(value);

export const NameSchema = Type.String({
  pattern: NAME_PATTERN,
  maxLength: 63,
  description: 'Lower-case name: letters, digits and inner hyphens, 1 to 63 characters',
});
export const IdSchema = Type.String({ pattern: NAME_PATTERN, maxLength: 63, description: 'Resource id' });
export const RefSchema = Type.String({
  pattern: NAME_PATTERN,
  maxLength: 63,
  description: 'A resource by id, or by name within its project',
});
export const TimestampSchema = Type.String({ format: 'date-time', maxLength: 30, description: 'RFC 3339, UTC, milliseconds' });
export const DigestSchema = Type.String({ pattern: '^sha256:[0-9a-f]{64}$', maxLength: 71, description: 'sha256:<64 hex>' });

/** "No project / team / environment" in subjects and payloads (ARCHITECTURE.md, section 3). */
export const NONE = '_';

/** One prefix per kind of resource. A project's id is its name. */
export const ID_PREFIX = {
  environment: 'env',
  policy: 'pol',
  target: 'tgt',
  service: 'svc',
  artifact: 'art',
  change: 'chg',
  release: 'rel',
  approval: 'tkt',
  execution: 'exe',
  slot: 'slt',
  event: 'evt',
  command: 'cmd',
  secret: 'sec',
  account: 'acc',
  token: 'tok',
  binding: 'bnd',
  intent: 'int',
  group: 'grp',
  subscription: 'sub',
  contact: 'cnt',
  delivery: 'dlv',
} as const;
export type IdKind = keyof typeof ID_PREFIX;

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * An id derived from its cause, so that a repeated command or a redelivered event names the same resource.
 * Shape: `<prefix>-<24 characters of Crockford base32>` (120 bits of SHA-256 over the parts).
 */
export function deriveId(kind: IdKind, ...parts: readonly string[]): string {
  const digest = hash('sha256', JSON.stringify([kind, ...parts]), 'buffer');
  let id = '';
  let bits = 0;
  let value = 0;
  for (let index = 0; id.length < 24; index++) {
    value = (value << 8) | digest[index]!;
    bits += 8;
    while (bits >= 5 && id.length < 24) {
      bits -= 5;
      id += BASE32[(value >> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return `${ID_PREFIX[kind]}-${id}`;
}

const idExpression = /^(env|pol|tgt|svc|art|chg|rel|tkt|exe|slt|evt|cmd|sec|acc|tok|bnd|int|grp|sub|cnt|dlv)-[0-9a-hjkmnp-tv-z]{24}$/;
/** True for a derived id; such strings are refused as names, so a reference is never ambiguous. */
export const isDerivedId = (value: string): boolean => idExpression.test(value);

/** Ids of named resources: the name is unique in its scope because it makes the id. */
export const environmentId = (projectId: string, name: string): string => deriveId('environment', projectId, name);
export const targetId = (environmentIdOfTarget: string, name: string): string => deriveId('target', environmentIdOfTarget, name);
export const serviceId = (projectId: string, name: string): string => deriveId('service', projectId, name);
export const artifactId = (serviceIdOfArtifact: string, version: string): string => deriveId('artifact', serviceIdOfArtifact, version);
export const slotId = (serviceIdOfSlot: string, targetIdOfSlot: string): string => deriveId('slot', serviceIdOfSlot, targetIdOfSlot);
export const ticketId = (releaseId: string, act: 'apply' | 'rollback', causeEventId: string): string =>
  deriveId('approval', releaseId, act, causeEventId);
export const executionId = (releaseId: string, act: 'apply' | 'rollback', causeEventId: string): string =>
  deriveId('execution', releaseId, act, causeEventId);

/** An id or a name as given by a caller, turned into the id. */
export const resolveRef = (ref: string, idOfName: (name: string) => string): string => (isDerivedId(ref) ? ref : idOfName(ref));
