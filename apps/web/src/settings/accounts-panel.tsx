import { Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconRobot } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client';
import { ConfirmAct } from '../display/confirm-act';
import { Actor, ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { Moment } from '../display/times';
import { accountsQuery, type AccountView } from './access-queries';
import { NewAccount } from './new-account';
import { SimpleTable } from './simple-table';
import { TokensPanel } from './tokens-panel';

/** Agents and services that act here in names of their own, delegates, and people as last seen. */
export function AccountsPanel({ project }: { project: string }) {
  const [making, setMaking] = useState(false);
  const [open, setOpen] = useState<string>();
  const query = useQuery(accountsQuery);
  const opened = query.data?.find(({ account_id: id }) => id === open);
  return (
    <Stack gap="md">
      <Panel
        title="Agents, services and people"
        flush
        aside={
          <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>
            New account
          </Button>
        }
      >
        <SimpleTable<AccountView>
          query={query}
          label="Accounts"
          columns={['Account', 'Of', 'Acts for', 'Status', 'Since']}
          rowKey={({ account_id: id }) => id}
          cells={(account) => [
            <>
              <Actor id={account.actor_id} type={account.kind} /> <span className="quiet">{account.title}</span>
            </>,
            account.project_id === '_' ? <span className="quiet">the platform</span> : account.project_id,
            account.on_behalf_of ?? <span className="quiet">itself</span>,
            <ToneMark tone={account.status === 'active' ? 'ok' : 'wait'} plain>
              {account.status}
            </ToneMark>,
            <Moment at={account.created_at} relative />,
            <AccountActs
              account={account}
              opened={account.account_id === open}
              onTokens={() => setOpen(account.account_id === open ? undefined : account.account_id)}
            />,
          ]}
          empty={{
            icon: IconRobot,
            title: 'No account yet',
            says: 'An agent or a service acts by tokens of its own account; what it does stands in its name. An agent never approves.',
          }}
        />
      </Panel>
      {opened && <TokensPanel project={project} account={opened} />}
      {making && <NewAccount project={project} onClose={() => setMaking(false)} />}
    </Stack>
  );
}

function AccountActs({ account, opened, onTokens }: { account: AccountView; opened: boolean; onTokens: () => void }) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const disables = account.status === 'active';
  const acting = useMutation({
    mutationFn: (reason: string) => {
      const request = { params: { path: { id: account.account_id } }, body: reason ? { reason } : {} };
      return disables
        ? api.POST('/api/v1/access/accounts/{id}/disable', request)
        : api.POST('/api/v1/access/accounts/{id}/enable', request);
    },
    onSuccess: async () => {
      setAsked(false);
      notifications.show({ message: `${account.actor_id} is ${disables ? 'disabled' : 'enabled'}` });
      await queries.invalidateQueries({ queryKey: ['access'] });
    },
  });
  const act = disables ? 'Disable' : 'Enable';
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      {account.kind !== 'human' && (
        <Button size="compact-xs" variant="subtle" onClick={onTokens} aria-expanded={opened}>
          {opened ? 'Hide tokens' : 'Tokens'}
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={() => setAsked(true)} aria-label={`${act} ${account.actor_id}`}>
        {act}
      </Button>
      {asked && (
        <ConfirmAct
          title={`${act} ${account.actor_id}`}
          act={act}
          danger={disables}
          reason={{ label: 'Reason' }}
          error={acting.error}
          pending={acting.isPending}
          onConfirm={(reason) => acting.mutate(reason)}
          onClose={() => setAsked(false)}
        >
          {disables
            ? 'None of its tokens works from now on, and all that it holds open is closed.'
            : 'Its tokens that are neither expired nor revoked work again.'}
        </ConfirmAct>
      )}
    </Group>
  );
}
