import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconRocket, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type ReleaseView } from '../api/client';
import { previewQuery, releaseQuery } from '../api/queries';
import { DraftHead } from '../deploy/draft-head';
import { FollowStep } from '../deploy/follow-step';
import { useByNow } from '../display/clock';
import { ConfirmAct } from '../display/confirm-act';
import { Rows } from '../display/page';
import { Problem } from '../display/problem';
import { PreviewPanel } from '../preview/preview-panel';
import { useMay } from '../session/session';
import { ReleaseCard } from './release-card';
import type { IntentView } from './said';

type Proposal = NonNullable<IntentView['proposal']>;

const ACT = {
  apply: { label: 'Deploy now', permission: 'deploy:release:apply', icon: IconRocket, danger: false },
  roll_back: { label: 'Roll back', permission: 'deploy:release:rollback', icon: IconArrowBackUp, danger: true },
  cancel: { label: 'Cancel the release', permission: 'deploy:release:apply', icon: IconX, danger: true },
} as const;
const labelOf = ({ act, approval_required: ticket }: Proposal): string => (ticket ? 'Ask for approval' : ACT[act].label);

interface ProposalCardProps {
  intent: IntentView;
  proposal: Proposal;
  /** The conversation's last turn shows everything; an earlier one, in short. */
  last: boolean;
  onAskAgain: () => void;
}

/** What is proposed, with the preview that it stands on; after a person's yes, how it goes. */
export function ProposalCard({ intent, proposal, last, onAskAgain }: ProposalCardProps) {
  const { data: release, error, refetch } = useQuery(releaseQuery(proposal.release_id));
  const expired = useByNow((now) => Date.parse(proposal.expires_at) <= now);
  if (error && !release) return <Problem error={error} what="The release could not be shown" onRetry={() => void refetch()} />;
  if (!release) return <Rows count={3} />;
  if (intent.status === 'confirmed') return last ? <FollowStep release={release} /> : <ReleaseCard id={release.release_id} />;
  const over = intent.status !== 'proposed' || expired;
  return (
    <Stack gap="md">
      <Text fw={650}>{proposal.title}</Text>
      {proposal.act === 'apply' ? <DraftHead release={release} /> : <ReleaseCard id={release.release_id} />}
      {proposal.warnings.map((warning) => (
        <Alert key={warning} color="orange" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {warning}
        </Alert>
      ))}
      {last && proposal.act !== 'cancel' && <Draft id={proposal.to_release_id ?? proposal.release_id} />}
      {over ? (
        <Group gap="sm">
          <Text size="sm" c="var(--quiet)">
            {intent.status === 'cancelled' ? 'Taken back; nothing was done.' : 'This proposal has expired; nothing was done.'}
          </Text>
          <Button size="compact-sm" variant="default" onClick={onAskAgain}>
            Ask again
          </Button>
        </Group>
      ) : (
        <Decide intent={intent} proposal={proposal} release={release} />
      )}
    </Stack>
  );
}

function Draft({ id }: { id: string }) {
  const { data, error } = useQuery(previewQuery(id));
  if (error) return <Problem error={error} what="The preview could not be shown" />;
  return data ? <PreviewPanel preview={data} /> : <Rows />;
}

/** Yes and no. The yes is the same confirmation as on every other path. */
function Decide({ intent, proposal, release }: { intent: IntentView; proposal: Proposal; release: ReleaseView }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const { permission, icon: Symbol, danger } = ACT[proposal.act];
  const may = useMay(permission, { project: release.project_id, environment: release.environment_id });
  const params = { path: { id: intent.intent_id } };
  const settle = () => queries.invalidateQueries({ queryKey: ['intents'] });
  const confirming = useMutation({
    mutationFn: () => api.POST('/api/v1/ai/intents/{id}/confirm', { params, body: { preview_ref: proposal.preview_ref } }),
    onSuccess: async () => {
      setAsked(false);
      await Promise.all([settle(), queries.invalidateQueries({ queryKey: ['release', release.release_id] })]);
    },
  });
  const withdrawing = useMutation({
    mutationFn: () => api.POST('/api/v1/ai/intents/{id}/cancel', { params, body: {} }),
    onSuccess: settle,
  });
  const type = proposal.act === 'cancel' ? 'development' : release.environment_type;
  return (
    <Group gap="xs" className="ask-decide">
      {may ? (
        <Button leftSection={<Symbol size={16} aria-hidden />} color={danger ? 'red.8' : undefined} onClick={() => setAsked(true)}>
          {labelOf(proposal)}
        </Button>
      ) : (
        <Text size="sm" c="var(--quiet)">
          Confirming takes {permission} in {release.environment_name}, which you do not have; ask somebody who does.
        </Text>
      )}
      <Button variant="default" loading={withdrawing.isPending} onClick={() => withdrawing.mutate()}>
        Take it back
      </Button>
      {withdrawing.error && <Problem error={withdrawing.error} what="It could not be taken back" />}
      {asked && (
        <ConfirmAct
          title={proposal.title}
          act={labelOf(proposal)}
          danger={danger}
          environment={{ name: release.environment_name, type }}
          error={confirming.error}
          pending={confirming.isPending}
          onConfirm={() => confirming.mutate()}
          onClose={() => {
            confirming.reset();
            setAsked(false);
          }}
        >
          {proposal.approval_required
            ? 'Confirming asks for approval: a ticket opens in the inbox, and nothing runs before it is approved.'
            : 'Confirming starts it now, exactly as previewed.'}
        </ConfirmAct>
      )}
    </Group>
  );
}
