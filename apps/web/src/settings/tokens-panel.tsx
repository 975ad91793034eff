import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ToneMark } from '../display/marks';
import { Panel } from '../display/page';
import { Moment } from '../display/times';
import { tokensQuery, type AccountView, type TokenView } from './access-queries';
import { NewToken } from './new-token';
import { SimpleTable } from './simple-table';
import { TokenActs } from './token-acts';

const TONE = { active: 'ok', expired: 'neutral', revoked: 'neutral', disabled: 'wait' } as const;

/** Access tokens: one's own, or an account's. Made here, shown once, ended here. */
export function TokensPanel({ project, account }: { project: string; account?: AccountView }) {
  const [making, setMaking] = useState(false);
  const query = useQuery(tokensQuery(account?.account_id));
  return (
    <Panel
      title={account ? `Tokens of ${account.actor_id}` : 'Your tokens'}
      flush
      aside={
        <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>
          New token
        </Button>
      }
    >
      <SimpleTable<TokenView>
        query={query}
        label="Tokens"
        columns={['Name', 'Status', 'May', 'Expires']}
        rowKey={({ token_id: id }) => id}
        cells={(token) => [
          <>
            <b>{token.name}</b> <span className="quiet">{token.kind}</span>
          </>,
          <ToneMark tone={TONE[token.status]} plain>
            {token.status}
          </ToneMark>,
          <TokenScope token={token} />,
          <Moment at={token.expires_at} />,
          token.status === 'active' ? <TokenActs token={token} /> : null,
        ]}
        empty={{
          icon: IconKey,
          title: 'No token yet',
          says: 'A token lets a program act in this name, with no more than you choose and no longer than you say.',
        }}
      />
      {making && <NewToken project={project} account={account} onClose={() => setMaking(false)} />}
    </Panel>
  );
}

/** What a token may do at most. */
function TokenScope({ token }: { token: TokenView }) {
  if (token.scope.length === 0) return <span className="quiet">nothing</span>;
  return (
    <ul className="permission-list">
      {token.scope.map(({ permissions, projects, environments }, index) => (
        <li key={index} title={permissions.join('\n')}>
          {permissions.length === 1 ? <code>{permissions[0]}</code> : `${permissions.length} permissions`} in{' '}
          {projects.includes('*') ? 'every project' : projects.join(', ')}
          {environments.includes('*') ? '' : `, ${environments.length} environments`}
        </li>
      ))}
    </ul>
  );
}
