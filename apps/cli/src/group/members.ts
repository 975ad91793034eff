import { readFileSync } from 'node:fs';
import type { Schemas } from '@slipway/api-client';
import { UsageError } from '../exit-codes';
import { strategyOf } from '../release/strategy';

export interface MemberOptions {
  readonly member?: readonly string[];
  readonly file?: string;
  readonly strategy?: string;
}
type Members = Schemas['PreviewGroup']['members'];

/**
 * The members of a group in their order: `--member backend@1.2.0 --member storefront@3.1.0/edge`, or a JSON list in a file, as the API
 * takes it, where variables or a strategy of their own are wanted.
 */
export function membersOf({ member = [], file, strategy }: MemberOptions): Members {
  if (file !== undefined && member.length > 0) throw new UsageError('Name the members by --member or in a --file, not both.');
  const members = file === undefined ? member.map(memberOf) : fromFile(file);
  if (members.length < 2)
    throw new UsageError('A group has at least two members: --member <service>@<version>, in the order in which they are applied.');
  const all = strategyOf(strategy);
  return all === undefined ? members : members.map((one) => ({ strategy: all, ...one }));
}

function memberOf(text: string): Members[number] {
  const [, service, artifact, target] = /^([^@/]+)@([^/]+)(?:\/(.+))?$/.exec(text) ?? [];
  if (service === undefined || artifact === undefined)
    throw new UsageError(`--member takes SERVICE@VERSION or SERVICE@VERSION/TARGET, not '${text}'`);
  return { service, artifact, ...(target === undefined ? {} : { target }) };
}

function fromFile(path: string): Members {
  const content: unknown = parsed(path);
  if (!Array.isArray(content))
    throw new UsageError(`${path} must hold a JSON list of members: [{"service": "...", "artifact": "..."}, ...]`);
  // The API judges each member's shape, and names what is wrong.
  return content as Members;
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
