import { Button, Group, Text } from '@mantine/core';
import { Actor } from '../display/marks';
import { Moment } from '../display/times';
import { AnswerCard } from './answer-card';
import { ProposalCard } from './proposal-card';
import { saidIn, type Intent, type IntentView } from './said';

export type Saying = { readonly utterance: string } | { readonly intent: Intent };

interface TurnProps {
  intent: IntentView;
  conversation: readonly IntentView[];
  onSay: (saying: Saying) => void;
}

/** One thing that was said, and what came of it. */
export function Turn({ intent, conversation, onSay }: TurnProps) {
  const { answer, question, proposal, understood, utterance } = intent;
  const askAgain = (): void => {
    if (utterance !== null) onSay({ utterance });
    else if (understood) onSay({ intent: understood });
  };
  return (
    <li className="ask-turn">
      <div className="ask-said">
        <Text size="xs" c="var(--quiet)" component="div">
          <Actor id={intent.asked_by} type={intent.asked_by_type} /> <Moment at={intent.created_at} relative />
        </Text>
        <p>{saidIn(intent, conversation)}</p>
      </div>
      <div className="ask-reply">
        {answer && <AnswerCard intent={intent} answer={answer} />}
        {question && (
          <>
            <p className="ask-answer">{question.text}</p>
            <Group gap="xs">
              {question.candidates.map(({ label, intent: meant }) => (
                <Button key={label} variant="default" size="compact-sm" onClick={() => onSay({ intent: meant })}>
                  {label}
                </Button>
              ))}
            </Group>
          </>
        )}
        {proposal && (
          <ProposalCard
            intent={intent}
            proposal={proposal}
            last={conversation.at(-1)?.intent_id === intent.intent_id}
            onAskAgain={askAgain}
          />
        )}
        {intent.understood_by === 'model' && (
          <Text size="xs" c="var(--quiet)" mt={6}>
            Understood by the configured model; it looks up and previews, people confirm.
          </Text>
        )}
      </div>
    </li>
  );
}
