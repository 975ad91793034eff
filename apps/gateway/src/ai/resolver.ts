import type { ArtifactView, EnvironmentView, Intent, Page, ServiceView, SlotView, TargetView } from '@slipway/contracts';
import type { ToolBench } from '../tools/tool-bench';
import { AskBack, candidate } from './ask-back';

/** How people call the types of environments. */
const TYPE_OF_WORD: Readonly<Record<string, EnvironmentView['type']>> = {
  local: 'local',
  dev: 'development',
  development: 'development',
  stage: 'staging',
  staging: 'staging',
  prod: 'production',
  production: 'production',
  live: 'production',
};
const MOST = 200;

export type RunningSlot = SlotView & { readonly release_id: string };

/** Finds out what an intent's words name in one project, as its user sees it; asks back where it could be several. */
export class Resolver {
  constructor(
    private readonly bench: ToolBench,
    readonly project: string,
  ) {}

  private listed: Promise<readonly EnvironmentView[]> | undefined;
  environments(): Promise<readonly EnvironmentView[]> {
    const query = { project: this.project, limit: MOST };
    return (this.listed ??= this.bench.call<Page<EnvironmentView>>('listEnvironments', { query }).then(({ items }) => items));
  }

  async nameOfEnvironment(id: string): Promise<string> {
    return (await this.environments()).find(({ environment_id }) => environment_id === id)?.name ?? id;
  }

  /** @throws AskBack when it is missing or names none. */
  async environment(intent: Intent, member: 'environment' | 'from_environment' = 'environment'): Promise<EnvironmentView> {
    const all = await this.environments();
    const word = intent[member];
    const named = all.find(({ name, environment_id }) => name === word || environment_id === word);
    if (named) return named;
    const ofType = word === undefined ? [] : all.filter(({ type }) => type === TYPE_OF_WORD[word]);
    if (ofType.length === 1) return ofType[0]!;
    const text = word === undefined ? 'In which environment?' : `There is no single environment '${word}'. Which one do you mean?`;
    throw new AskBack(
      text,
      (ofType.length > 1 ? ofType : all).map(({ name, type }) => candidate(intent, { [member]: name }, `${name} (${type})`)),
    );
  }

  /** @throws AskBack when it is missing or names none. */
  async service(intent: Intent): Promise<ServiceView> {
    const { items } = await this.bench.call<Page<ServiceView>>('listServices', { query: { project: this.project, limit: MOST } });
    const word = intent.service;
    const named = items.find(({ name, service_id }) => name === word || service_id === word);
    if (named) return named;
    const near = word === undefined ? [] : items.filter(({ name }) => name.includes(word) || word.includes(name) || isNear(name, word));
    const text = word === undefined ? 'Which service?' : `There is no service '${word}'. Which one do you mean?`;
    throw new AskBack(
      text,
      (near.length > 0 ? near : items).map(({ name }) => candidate(intent, { service: name }, name)),
    );
  }

  /** The version to deploy. @throws AskBack when it is missing or names none. */
  async artifact(intent: Intent, service: ServiceView): Promise<ArtifactView> {
    const query = { project: this.project, service: service.service_id, limit: MOST };
    const { items } = await this.bench.call<Page<ArtifactView>>('listArtifacts', { query });
    const word = intent.artifact;
    const named = items.find(({ version, artifact_id }) => version === word || artifact_id === word);
    if (named) return named;
    if (items.length === 0) throw new AskBack(`${service.name} has no artifact yet; push one, then ask again.`);
    if (word === 'latest' || (word === undefined && items.length === 1)) return items[0]!;
    const text =
      word === undefined ? `Which version of ${service.name}?` : `${service.name} has no version '${word}'. Which one do you mean?`;
    throw new AskBack(
      text,
      items.slice(0, 5).map(({ version }) => candidate(intent, { artifact: version }, version)),
    );
  }

  /** @throws AskBack when it is missing and there are several, or it names none. */
  async target(intent: Intent, environment: EnvironmentView): Promise<TargetView> {
    const query = { project: this.project, environment: environment.environment_id, limit: MOST };
    const { items } = await this.bench.call<Page<TargetView>>('listTargets', { query });
    const named = items.find(({ name, target_id }) => name === intent.target || target_id === intent.target);
    if (named) return named;
    if (intent.target === undefined && items.length === 1) return items[0]!;
    if (items.length === 0) throw new AskBack(`${environment.name} has no target yet; create one, then ask again.`);
    throw new AskBack(
      `Which target of ${environment.name}?`,
      items.map(({ name, runtime_type }) => candidate(intent, { target: name }, `${name} (${runtime_type})`)),
    );
  }

  /** What runs, of what the intent names; words that name nothing ask back. */
  async running(intent: Intent): Promise<RunningSlot[]> {
    const service = intent.service === undefined ? undefined : (await this.service(intent)).service_id;
    const environment = intent.environment === undefined ? undefined : (await this.environment(intent)).environment_id;
    const query = { project: this.project, service, environment, limit: MOST };
    const { items } = await this.bench.call<Page<SlotView>>('listSlots', { query });
    return items.filter((slot): slot is RunningSlot => slot.release_id !== null);
  }
}

/** One letter wrong, missing or too many, or two swapped. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a.length < 3) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const rest = (text: string, skip: number): string => text.slice(start + skip);
  if (a.length !== b.length) return a.length > b.length ? rest(a, 1) === rest(b, 0) : rest(a, 0) === rest(b, 1);
  return rest(a, 1) === rest(b, 1) || (a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, 2) === rest(b, 2));
}
