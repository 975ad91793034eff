import type { Schemas, TargetView } from '../api/client';
import { Copyable } from '../display/copyable';
import { words } from '../display/format';
import { Moment } from '../display/times';
import { gatewayText } from '../targets/gateway-input';
import { inOrder } from '../targets/connection-order';

/** How a target is reached and by which credentials; never their values. */
export function TargetFacts({ target }: { target: TargetView }) {
  const { prometheus, ...connection } = target.connection;
  const gateway = 'gateway' in connection ? connection.gateway : undefined;
  return (
    <dl className="facts">
      {inOrder(Object.keys(connection)).map((name) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name.replaceAll('_', ' ')}</dt>
          <dd>{name === 'gateway' && gateway ? gatewayText(gateway) : shown(name, (connection as Record<string, unknown>)[name])}</dd>
        </div>
      ))}
      {target.credential && <Pin of="credential" pin={target.credential} />}
      {prometheus && (
        <>
          <dt>Prometheus</dt>
          <dd>{prometheus.url}</dd>
          <Pin of="Prometheus login" pin={target.prometheus_credential} />
        </>
      )}
    </dl>
  );
}

function shown(name: string, value: unknown) {
  if (name === 'host_key' && typeof value === 'string') return <Copyable value={value} label="the pinned host key" />;
  if (typeof value !== 'string') return JSON.stringify(value);
  return value.startsWith('-----BEGIN') ? 'a certificate' : value;
}

const Pin = ({ of, pin }: { of: string; pin: Schemas['TargetView']['credential'] }) => (
  <>
    <dt>{of}</dt>
    <dd>
      {pin ? (
        <>
          {words(pin.kind)}, version {pin.version}, since <Moment at={pin.stored_at} />
        </>
      ) : (
        'none'
      )}
    </dd>
  </>
);
