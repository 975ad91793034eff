import { isName, type Intent } from '@slipway/contracts';
import { PHRASES } from './phrases';

const LEADS =
  /^(?:hey |hi |ok |okay |so )?(?:slipway,? )?(?:please |kindly )?(?:(?:can|could|would|will) you (?:please )?|i (?:want|need|would like|'d like) (?:you )?to |i'd like (?:you )?to |let's |lets |now )?(?:please )?/i;
const ENDS = /(?:[\s?!.]|,? (?:please|thanks|thank you|now))+$/i;
/** Words that a phrase's place for a name may catch and that name nothing. */
const NOT_NAMES = new Set(['it', 'that', 'this', 'everything', 'all', 'me', 'the', 'last', 'latest', 'release', 'deployment', 'version']);

/** The utterance without politeness, spaces and marks around it. */
const core = (utterance: string): string => {
  const text = utterance.normalize('NFKC').replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim();
  return text.replace(LEADS, '').replace(ENDS, '');
};

/**
 * Understands the documented phrases (docs/ask.md) without any model: the first that matches whole. Names are only read here; whether
 * they name something, and which of several is meant, is found out afterwards.
 * @returns undefined for what it does not understand.
 */
export function understand(utterance: string): Intent | undefined {
  const text = core(utterance);
  for (const { kind, expression } of PHRASES) {
    const match = expression.exec(text);
    if (!match) continue;
    const intent = intentOf(kind, match.groups ?? {});
    if (intent) return intent;
  }
  return undefined;
}

function intentOf(kind: Intent['kind'], groups: Readonly<Record<string, string | undefined>>): Intent | undefined {
  const name = (text: string | undefined): string | undefined => text?.toLowerCase();
  const [service, environment, from] = [groups['service'], groups['environment'] ?? groups['place'], groups['from_environment']].map(name);
  const names = [service, environment, from].filter((one) => one !== undefined);
  if (names.some((one) => NOT_NAMES.has(one) || !isName(one))) return undefined;
  const { artifact, reason } = groups;
  const strategy = name(groups['strategy']) as Intent['strategy'];
  return {
    kind,
    ...(service === undefined ? {} : { service }),
    ...(artifact === undefined ? {} : { artifact: isLatest(artifact) ? 'latest' : artifact }),
    ...(environment === undefined ? {} : { environment }),
    ...(from === undefined ? {} : { from_environment: from }),
    ...(groups['release_id'] === undefined ? {} : { release_id: groups['release_id'].toLowerCase() }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(reason === undefined ? {} : { reason: reason.trim() }),
  };
}

const isLatest = (artifact: string): boolean => /^(latest|newest|last)$/i.test(artifact);
