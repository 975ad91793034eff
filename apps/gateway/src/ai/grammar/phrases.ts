import type { Intent } from '@slipway/contracts';

const NAME = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const VERSION = '[a-z0-9](?:[a-z0-9._+-]{0,126}[a-z0-9])?';
const RELEASE = 'rel-[0-9a-hjkmnp-tv-z]{24}';
const IN = '(?:in|on|at|from|to|into|onto)';
const service = `(?:the )?(?:service )?(?<service>${NAME})`;
const environment = `(?:the )?(?<environment>${NAME})(?: environment)?`;
const inEnvironment = `(?: ${IN} ${environment})`;
const release = `(?:release )?(?<release_id>${RELEASE})`;
const version = `(?:(?:the )?(?:version |v)?(?<artifact>${VERSION})(?: version| artifact| build)?)`;
const how = '(?: (?:with|using|as|by) (?:an? )?(?<strategy>rolling|blue-green|canary)(?: strategy| deployment| rollout)?)?';
const because = '(?:(?:,? because|,? since|,? reason:?|:) (?<reason>.{1,500}))?';

/** One way of saying something. */
export interface Phrase {
  readonly kind: Intent['kind'];
  readonly expression: RegExp;
  /** As the documentation and `help` show it. */
  readonly example: string;
}

const phrase = (kind: Intent['kind'], example: string, text: string): Phrase => ({
  kind,
  example,
  expression: new RegExp(`^${text}$`, 'i'),
});

const DEPLOY = '(?:deploy|release|ship|install|roll out|put)';
const BACK = '(?:roll ?back|rollback|revert|undo|take back)';
const FAILED = '(?:fail|failed|fails|break|broke|roll back|rolled back)';

/**
 * The documented phrases, the most specific first. Politeness and question marks are taken off before; every expression is anchored and
 * bounded. What none of them matches is not guessed at.
 */
export const PHRASES: readonly Phrase[] = [
  phrase('help', 'help', '(?:help|what can (?:you|i) (?:do|say|ask)(?: for me)?)'),

  phrase(
    'waiting',
    'what is waiting for me',
    "(?:what|anything|is anything)(?: is|'s|s)? (?:waiting|pending|open)(?: for (?:me|my approval|approval|us))?",
  ),
  phrase('waiting', 'what needs my approval', '(?:what|anything)(?: else)? needs (?:my |an |)(?:approval|attention|decision)'),
  phrase('waiting', 'show the inbox', '(?:show|list|open)?(?: me)? ?(?:the |my )?(?:approval )?(?:inbox|approvals|tickets)'),
  phrase('waiting', 'what do I have to approve', 'what (?:do i (?:have|need) to|can i|should i|must i) (?:approve|decide|review)'),

  phrase('explain', 'why did rel-... fail', `why (?:did|has|was) ${release} ${FAILED}`),
  phrase(
    'explain',
    'why did the last release of hello in staging fail',
    `why (?:did|has) (?:the |my )?(?:last|latest|newest|previous) (?:release|deployment|deploy)(?: of ${service})?${inEnvironment}? ${FAILED}(?: in (?:the )?(?<place>${NAME}))?`,
  ),
  phrase(
    'explain',
    'why did hello fail in dev',
    `why (?:did|has) ${service}(?:'s (?:last |latest )?(?:release|deployment))? ${FAILED}${inEnvironment}?`,
  ),
  phrase('explain', 'what went wrong with hello in dev', `what (?:went|is|was) wrong(?: with (?:${release}|${service}))?${inEnvironment}?`),
  phrase('explain', 'explain rel-...', `explain (?:the )?(?:failure (?:of )?)?(?:${release}|(?:of )?${service}${inEnvironment}?)`),

  phrase(
    'version',
    'which version of hello runs in prod',
    `(?:which|what) version of ${service} (?:runs|is running|is deployed|is live|is)${inEnvironment}?`,
  ),
  phrase(
    'version',
    'which version runs in prod',
    `(?:which|what) (?:version|versions) (?:runs|run|is running|are running|is deployed|is live|is)${inEnvironment}?`,
  ),
  phrase('version', 'which version is hello on in prod', `(?:which|what) version is ${service} (?:on|at)${inEnvironment}?`),
  phrase('version', 'what runs in prod', `what(?: is|'s)? (?:runs|running|deployed|live)${inEnvironment}?`),

  phrase('status', 'status of rel-...', `(?:what is |show )?(?:the )?status of ${release}`),
  phrase('status', 'status of hello in prod', `(?:what is |show )?(?:the )?status of ${service}${inEnvironment}?`),
  phrase('status', 'what happened to rel-...', `(?:what happened to|show|describe) ${release}`),
  phrase('status', 'how is hello doing in prod', `how is ${service}(?: doing)?${inEnvironment}?`),

  phrase(
    'releases',
    'recent releases of hello in prod',
    `(?:show |list )?(?:me )?(?:the )?(?:all |last |latest |recent |newest )?(?:releases|deployments)(?: of ${service})?${inEnvironment}?`,
  ),
  phrase('releases', 'what was deployed to prod', `what (?:was|has been|got) (?:deployed|released)(?: recently)?${inEnvironment}?`),

  phrase('roll_back', 'roll back rel-...', `${BACK} ${release}${because}`),
  phrase(
    'roll_back',
    'roll back the last release in staging',
    `${BACK} (?:the )?(?:last|latest|current) (?:release|deployment|version)(?: of ${service})?${inEnvironment}?${because}`,
  ),
  phrase(
    'roll_back',
    'roll back checkout in staging',
    `${BACK} (?:the )?(?:(?:release|deployment) of )?${service}${inEnvironment}?${because}`,
  ),

  phrase('cancel', 'cancel rel-...', `(?:cancel|abort|stop|withdraw) ${release}${because}`),
  phrase(
    'cancel',
    'cancel the release of hello in dev',
    `(?:cancel|abort|stop|withdraw) (?:the )?(?:(?:release|deployment) of )?${service}${inEnvironment}?${because}`,
  ),

  phrase(
    'promote',
    'promote hello from staging to prod',
    `promote ${service}(?: from (?:the )?(?<from_environment>${NAME}))? to ${environment}${how}${because}`,
  ),

  phrase('deploy', 'deploy version 1.2.0 of hello to dev', `${DEPLOY} ${version} of ${service} ${IN} ${environment}${how}${because}`),
  phrase('deploy', 'deploy hello@1.2.0 to dev', `${DEPLOY} ${service}[@:]v?(?<artifact>${VERSION}) ${IN} ${environment}${how}${because}`),
  phrase(
    'deploy',
    'deploy the latest hello to dev',
    `${DEPLOY} (?:the )?(?<artifact>latest|newest) ${service} ${IN} ${environment}${how}${because}`,
  ),
  phrase('deploy', 'deploy hello 1.2.0 to dev with canary', `${DEPLOY} ${service} ${version} ${IN} ${environment}${how}${because}`),
  phrase('deploy', 'deploy hello to dev', `${DEPLOY} ${service} ${IN} ${environment}${how}${because}`),
  phrase('deploy', 'deploy hello', `${DEPLOY} ${service}`),
];
