import './ask.css';
import { Button, Group, Stack } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { api, type EnvironmentView } from '../api/client';
import { environmentsQuery } from '../api/queries';
import { useProject } from '../app/project';
import { NoProject } from '../catalogue/no-project';
import { LinkButton } from '../display/link-button';
import { Empty, Page, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { inOrder } from '../home/board';
import { conversationQuery } from './ask-queries';
import { Composer } from './composer';
import { EarlierPanel } from './earlier-panel';
import { Turn, type Saying } from './turn';

/** What can be asked, of a place that there is: the last one that a release comes to. */
const examplesOf = (last: EnvironmentView | undefined): string[] => [
  'what is waiting for me',
  ...(last ? [`which version runs in ${last.name}`] : []),
  'recent releases',
  'help',
];

/** The command centre: say it in words; what is asked for becomes a proposal on a preview, and a person confirms. */
export function AskView() {
  const project = useProject();
  const { conversation } = useSearch({ from: '/inside/ask' });
  return (
    <Page
      title="Command centre"
      lead="Say it in words. What you ask for becomes a proposal on a preview; nothing is done before you confirm it."
      actions={
        conversation !== undefined && (
          <LinkButton to="/ask" search={{ project }} variant="default">
            New conversation
          </LinkButton>
        )
      }
    >
      {project === undefined ? <NoProject /> : <Conversation key={conversation ?? ''} project={project} conversation={conversation} />}
    </Page>
  );
}

function Conversation({ project, conversation }: { project: string; conversation: string | undefined }) {
  const queries = useQueryClient();
  const navigate = useNavigate({ from: '/ask' });
  const { data, error, refetch } = useQuery({
    ...conversationQuery(project, conversation ?? ''),
    enabled: conversation !== undefined,
  });
  const saying = useMutation({
    mutationFn: async (what: Saying) =>
      (await api.POST('/api/v1/ai/intents', { params: {}, body: { ...what, project, conversation_id: conversation } })).data!,
    onSuccess: async (intent) => {
      queries.setQueryData(conversationQuery(project, intent.conversation_id).queryKey, (before = []) => [...before, intent]);
      void queries.invalidateQueries({ queryKey: ['intents', project], exact: true });
      await navigate({ search: (before) => ({ ...before, conversation: intent.conversation_id }) });
    },
  });
  const say = (what: Saying): void => saying.mutate(what);
  const turns = data ?? [];
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (turns.length > 1) end.current?.previousElementSibling?.lastElementChild?.scrollIntoView({ block: 'start' });
  }, [turns.length]);
  return (
    <div className="ask-grid">
      <Stack gap="md" miw={0}>
        {error && !data && <Problem error={error} what="The conversation could not be read" onRetry={() => void refetch()} />}
        {conversation !== undefined && !data && !error && <Rows count={4} />}
        {conversation === undefined && <Start project={project} onSay={say} />}
        {turns.length > 0 && (
          <ol className="ask-turns" aria-label="Conversation" aria-live="polite">
            {turns.map((intent) => (
              <Turn key={intent.intent_id} intent={intent} conversation={turns} onSay={say} />
            ))}
          </ol>
        )}
        <div ref={end}>
          {saying.isPending && <Rows count={2} />}
          {saying.error && <Problem error={saying.error} what="It was not taken" />}
        </div>
        <Composer pending={saying.isPending} onSay={(utterance) => say({ utterance })} />
      </Stack>
      <EarlierPanel project={project} current={conversation} />
    </div>
  );
}

function Start({ project, onSay }: { project: string; onSay: (saying: Saying) => void }) {
  const { data = [] } = useQuery(environmentsQuery(project));
  return (
    <Empty
      icon={IconMessages}
      title="What do you want?"
      action={
        <Group gap="xs" mt="xs" justify="center">
          {examplesOf(inOrder(data).at(-1)).map((utterance) => (
            <Button key={utterance} size="compact-sm" variant="default" onClick={() => onSay({ utterance })}>
              {utterance}
            </Button>
          ))}
        </Group>
      }
    >
      Deploy, promote, roll back and cancel, by the names of services and environments; or ask what runs, what waits, and why it failed.
    </Empty>
  );
}
