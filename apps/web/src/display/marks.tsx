import {
  IconAlertTriangle,
  IconBolt,
  IconFlame,
  IconRobot,
  IconServerCog,
  IconStack2,
  IconShieldCheck,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { ReleaseView, TicketView } from '../api/client';
import { IN_LINE, PAUSED, RISK_TONE, STATUS, type Mark, type Tone } from './lifecycle';

interface ToneMarkProps {
  tone: Tone;
  icon?: Icon;
  plain?: boolean;
  title?: string;
  children: ReactNode;
}

/** A short label in the colour of what it means, with its icon. Lists draw hundreds as they are scrolled: the same one is not drawn again. */
export const ToneMark = memo(function ToneMark({ tone, icon: Symbol, plain, title, children }: ToneMarkProps) {
  return (
    <span className="tone" data-tone={tone} data-plain={plain || undefined} title={title}>
      {Symbol && <Symbol size={14} stroke={2.2} aria-hidden />}
      {children}
    </span>
  );
});

interface StatusMarkProps {
  release: Pick<ReleaseView, 'status' | 'paused'> & Partial<Pick<ReleaseView, 'group_id' | 'approval_required'>>;
  plain?: boolean;
}

/** How a release's status looks: what it is, unless it is paused or waits for others of its group. */
export function markOf(release: StatusMarkProps['release']): Mark {
  const inLine = Boolean(release.group_id) && release.status === 'pending_approval' && !release.approval_required;
  return release.paused ? PAUSED : inLine ? IN_LINE : STATUS[release.status];
}

export function StatusMark({ release, plain }: StatusMarkProps) {
  const { label, tone, icon } = markOf(release);
  return (
    <ToneMark tone={tone} icon={icon} plain={plain}>
      {label}
    </ToneMark>
  );
}

/** The release moves with others, as one. */
export const InGroup = () => (
  <span className="in-group" title="Moves with others as one: a release group">
    <IconStack2 size={13} aria-label="in a group" />
  </span>
);

const RISK_ICON = { low: IconShieldCheck, medium: IconBolt, high: IconAlertTriangle, critical: IconFlame } as const;

export function RiskMark({ risk, plain }: { risk: ReleaseView['risk']; plain?: boolean }) {
  return (
    <ToneMark tone={RISK_TONE[risk]} icon={RISK_ICON[risk]} plain={plain}>
      {`${risk} risk`}
    </ToneMark>
  );
}

const TICKET: Readonly<Record<TicketView['status'], ReleaseView['status']>> = {
  pending: 'pending_approval',
  approved: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  superseded: 'superseded',
  cancelled: 'cancelled',
  failed: 'failed',
  voided: 'superseded',
};
export function TicketMark({ status }: { status: TicketView['status'] }) {
  const { tone, icon } = STATUS[TICKET[status]];
  return (
    <ToneMark tone={tone} icon={icon}>
      {status === 'pending' ? 'Pending' : status.replace(/^./, (letter) => letter.toUpperCase())}
    </ToneMark>
  );
}

type ActorType = 'human' | 'agent' | 'service';
const ACTOR_TITLE = { human: 'a person', agent: 'an AI agent', service: 'the platform' } as const;
const ACTOR_ICON = { human: IconUser, agent: IconRobot, service: IconServerCog } as const;

/** Who did it, and whether a person, an agent or the platform. */
export function Actor({ id, type }: { id: string; type: ActorType }) {
  return (
    <span className="actor" title={ACTOR_TITLE[type]}>
      <ActorIcon type={type} /> {id}
    </span>
  );
}

const ActorIcon = memo(function ActorIcon({ type }: { type: ActorType }) {
  const Symbol = ACTOR_ICON[type];
  return <Symbol size={14} aria-label={type} />;
});
