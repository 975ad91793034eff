import { Actor, ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { Moment } from '../display/times';
import { useSession } from '../session/session';
import { MEANS } from './permissions';

/** Who one is here, and what one may do where. */
export function OwnAccessPanel() {
  const session = useSession();
  if (!session) return null;
  return (
    <Panel title="Your access">
      <dl className="facts">
        <dt>You are</dt>
        <dd>
          <Actor id={session.name} type={session.actor_type} />
        </dd>
        <dt>Signed in until</dt>
        <dd>
          <Moment at={session.expires_at} />
        </dd>
        {session.grants.map(({ projects, environments, permissions }, index) => (
          <div key={index} style={{ display: 'contents' }}>
            <dt>Grant {index + 1}</dt>
            <dd>
              {permissions.length} permissions in {projects.includes('*') ? 'every project' : projects.join(', ')},{' '}
              {environments.includes('*') ? 'every environment' : environments.join(', ')}
            </dd>
          </div>
        ))}
        {Object.entries(MEANS).map(([permission, means]) => (
          <div key={permission} style={{ display: 'contents' }}>
            <dt>
              <code>{permission}</code>
            </dt>
            <dd>
              <ToneMark tone={(session.permissions as readonly string[]).includes(permission) ? 'ok' : 'neutral'} plain>
                {(session.permissions as readonly string[]).includes(permission) ? 'yes' : 'no'}
              </ToneMark>{' '}
              <span className="quiet">{means}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
