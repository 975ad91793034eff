import { Anchor, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconBox, IconLock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type EnvironmentView, type SlotView } from '../api/client';
import { slotsQuery, targetsQuery } from '../api/queries';
import { ConfirmAct } from '../display/confirm-act';
import { LinkButton } from '../display/link-button';
import { ToneMark } from '../display/marks';
import { Empty, Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { Moment } from '../display/times';
import { useMay } from '../session/session';
import { SlotDiagnosis } from './slot-diagnosis';
import { SlotLogs } from './slot-logs';
import { SlotStatus } from './slot-status';

/** What runs in an environment, with holds and drift; each opens to what the target says now. */
export function SlotsPanel({ project, environment }: { project: string; environment: EnvironmentView }) {
  const { data, error, refetch } = useQuery(slotsQuery(project));
  const slots = data?.filter(({ environment_id: id }) => id === environment.environment_id);
  return (
    <Panel title="What runs here" flush>
      {error && !data ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : !slots ? (
        <Rows count={3} />
      ) : slots.length === 0 ? (
        <NothingRuns project={project} environment={environment} />
      ) : (
        <ul className="rows">
          {slots.map((slot) => (
            <li key={slot.slot_id}>
              <Slot slot={slot} environment={environment} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Without a target, nothing can be deployed here either. */
function NothingRuns({ project, environment: { environment_id: id, name } }: { project: string; environment: EnvironmentView }) {
  const { data: targets } = useQuery(targetsQuery(project));
  const reachable = targets?.some((target) => target.environment_id === id);
  return (
    <Empty
      icon={IconBox}
      title="Nothing runs here yet"
      action={
        reachable && (
          <LinkButton to="/deploy" search={{ environment: name }} size="xs" mt="xs">
            Deploy to {name}
          </LinkButton>
        )
      }
    >
      {reachable === false ? 'Give the environment a target first: where releases of it run. ' : ''}
      What a release puts here is shown with its state, its logs, and a diagnosis.
    </Empty>
  );
}

type Look = 'status' | 'logs' | 'diagnosis';
const LOOKS: readonly { value: Look; label: string }[] = [
  { value: 'status', label: 'Status' },
  { value: 'logs', label: 'Logs' },
  { value: 'diagnosis', label: 'Diagnosis' },
];

function Slot({ slot, environment }: { slot: SlotView; environment: EnvironmentView }) {
  const [look, setLook] = useState<Look>();
  return (
    <>
      <div className="row-head">
        <b>{slot.service_name}</b>
        {slot.release_id && (
          <Link to="/releases/$id" params={{ id: slot.release_id }} className="quiet-link numbers">
            {slot.artifact_version}
          </Link>
        )}
        {slot.deployed_at && (
          <span className="quiet">
            <Moment at={slot.deployed_at} relative />
          </span>
        )}
        {slot.url && (
          <Anchor href={slot.url} target="_blank" rel="noreferrer" size="sm">
            {slot.url}
          </Anchor>
        )}
        {slot.drift === 'drifted' && (
          <ToneMark tone="bad" icon={IconAlertTriangle}>
            Drifted
          </ToneMark>
        )}
        <span className="row-acts">
          {LOOKS.map(({ value, label }) => (
            <Button
              key={value}
              size="compact-xs"
              variant={look === value ? 'light' : 'subtle'}
              onClick={() => setLook(look === value ? undefined : value)}
              aria-expanded={look === value}
              aria-label={`${label} of ${slot.service_name}`}
            >
              {label}
            </Button>
          ))}
          <HoldButton slot={slot} environment={environment} />
        </span>
      </div>
      {slot.hold && (
        <p className="row-note">
          <ToneMark tone="wait" icon={IconLock}>
            Held
          </ToneMark>{' '}
          by {slot.hold.by}, <Moment at={slot.hold.since} relative />: {slot.hold.reason}. Nothing is applied here until somebody resumes
          it.
        </p>
      )}
      {look === 'status' && <SlotStatus id={slot.slot_id} />}
      {look === 'logs' && <SlotLogs id={slot.slot_id} />}
      {look === 'diagnosis' && <SlotDiagnosis id={slot.slot_id} />}
    </>
  );
}

/** Puts a hold on a slot, or lifts it. */
function HoldButton({ slot, environment }: { slot: SlotView; environment: EnvironmentView }) {
  const [asked, setAsked] = useState(false);
  const queries = useQueryClient();
  const may = useMay('deploy:release:rollback', { project: slot.project_id, environment: slot.environment_id });
  const held = slot.hold !== null;
  const acting = useMutation({
    mutationFn: async (reason: string) => {
      const params = { path: { id: slot.slot_id } };
      return held
        ? api.POST('/api/v1/deploy/slots/{id}/resume', { params, body: reason ? { reason } : {} })
        : api.POST('/api/v1/deploy/slots/{id}/hold', { params, body: { reason } });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['slots'] });
      notifications.show({ message: held ? `${slot.service_name} is resumed` : `${slot.service_name} is held` });
      setAsked(false);
    },
  });
  if (!may) return null;
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setAsked(true)}>
        {held ? 'Resume' : 'Hold'}
      </Button>
      {asked && (
        <ConfirmAct
          title={held ? `Resume ${slot.service_name}` : `Hold ${slot.service_name}`}
          act={held ? 'Resume' : 'Hold'}
          environment={environment}
          reason={{ label: 'Reason', required: !held }}
          error={acting.error}
          pending={acting.isPending}
          onConfirm={(reason) => acting.mutate(reason)}
          onClose={() => setAsked(false)}
        >
          {held
            ? 'Releases can be applied here again.'
            : 'Nothing is applied here until somebody resumes it, neither by people nor by automation.'}
        </ConfirmAct>
      )}
    </>
  );
}
