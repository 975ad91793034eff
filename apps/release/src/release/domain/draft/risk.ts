import { sameJson, type ReleaseStatus, type Risk } from '@slipway/contracts';
import { clip } from '../clip';
import type { DraftInput } from './draft.input';
import { isWithin } from './working.hours';

type Level = Risk['level'];
interface Factor {
  readonly weight: number;
  readonly reason: string;
}

const LARGE_DIFF = 20;
/** Weights add up: 0 or 1 is low, to 3 medium, to 5 high, beyond critical. Production is never low. */
const levelOf = (weight: number): Level => (weight <= 1 ? 'low' : weight <= 3 ? 'medium' : weight <= 5 ? 'high' : 'critical');

/** How much can go wrong, and why, in words that an approver can weigh (FIELD.md, item 1). */
export function riskOf(input: DraftInput): Risk {
  const factors = [place, time, firstDeployment, strategy, blastRadius, oneWay, diffSize, settings, pastFailures, agent, runtime].flatMap(
    (judge) => judge(input),
  );
  const weight = factors.reduce((sum, factor) => sum + factor.weight, 0);
  return { level: levelOf(weight), reasons: factors.map(({ reason }) => clip(reason, 500)) };
}

function place({ environmentType, subject }: DraftInput): Factor[] {
  if (environmentType === 'production') return [{ weight: 2, reason: `${subject.environment_name} is a production environment` }];
  return environmentType === 'staging' ? [{ weight: 1, reason: `${subject.environment_name} is a staging environment` }] : [];
}

function time({ policy, subject, now }: DraftInput): Factor[] {
  const hours = policy.working_hours;
  if (!hours || isWithin(hours, now)) return [];
  const when = `${hours.days.join(', ')} ${hours.from}-${hours.to} ${hours.timezone}`;
  return [{ weight: 1, reason: `outside the working hours of ${subject.environment_name} (${when})` }];
}

const WIDE = 5;
/** How much is taken away or changed at once. */
function blastRadius({ plan, artifact }: DraftInput): Factor[] {
  const deleted = plan.actions.filter(({ verb }) => verb === 'delete').map(({ name }) => name);
  const processes = Object.keys(artifact.manifest.processes ?? {}).length;
  return [
    ...(deleted.length > 0 ? [{ weight: 1, reason: `takes away ${list(deleted)}` }] : []),
    ...(processes > WIDE ? [{ weight: 1, reason: `${processes} processes change together` }] : []),
  ];
}

const firstDeployment = ({ slot }: DraftInput): Factor[] =>
  slot.current ? [] : [{ weight: 1, reason: 'nothing ran in this slot before, so there is nothing to roll back to' }];

function strategy({ subject, environmentType, slot }: DraftInput): Factor[] {
  const { type } = subject.strategy;
  if (environmentType !== 'production' || type === 'canary' || !slot.current) return [];
  return [{ weight: 1, reason: `${type} gives the new version all traffic without measuring it first` }];
}

function oneWay({ plan }: DraftInput): Factor[] {
  const steps = plan.actions.filter(({ one_way }) => one_way).map(({ name }) => name);
  return steps.length > 0 ? [{ weight: 2, reason: `a rollback cannot undo ${steps.slice(0, 5).join(', ')}` }] : [];
}

function diffSize({ plan, slot }: DraftInput): Factor[] {
  if (!slot.current || (plan.diff.length <= LARGE_DIFF && !plan.diff_truncated)) return [];
  return [{ weight: 1, reason: `${plan.diff.length}${plan.diff_truncated ? ' or more' : ''} differences to what runs now` }];
}

/** Against the release that runs, as long as it is among the slot's latest. */
function settings({ slot, past, subject }: DraftInput): Factor[] {
  const running = past.find(({ releaseId }) => releaseId === slot.current?.releaseId);
  if (!running) return [];
  const names = [...new Set([...Object.keys(running.variables), ...Object.keys(subject.variables)])].sort();
  const changed = names.filter((name) => !sameJson(running.variables[name], subject.variables[name]));
  if (changed.length === 0) return [];
  const secrets = changed.filter((name) => typeof (subject.variables[name] ?? running.variables[name]) !== 'string');
  const what = secrets.length > 0 ? `secrets changed: ${list(secrets)}` : `variables changed: ${list(changed)}`;
  return [{ weight: 1, reason: what }];
}

const ENDED: readonly ReleaseStatus[] = ['applied', 'failed', 'rolled_back', 'rollback_failed'];
function pastFailures({ past }: DraftInput): Factor[] {
  const ran = past.filter(({ status }) => ENDED.includes(status)).slice(0, 5);
  const failed = ran.filter(({ status }) => status !== 'applied').length;
  if (failed === 0) return [];
  return [{ weight: failed > 1 ? 2 : 1, reason: `${failed} of the slot's last ${ran.length} releases failed or were rolled back` }];
}

const agent = ({ actorType }: DraftInput): Factor[] => (actorType === 'agent' ? [{ weight: 1, reason: 'proposed by an agent' }] : []);

const runtime = ({ plan }: DraftInput): Factor[] => plan.risk_reasons.map((reason, index) => ({ weight: index < 2 ? 1 : 0, reason }));

const list = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
