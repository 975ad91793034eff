import { Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Moment } from '../display/times';
import { TicketPanel } from '../ticket/ticket-panel';
import { ReleaseCard } from './release-card';
import { partsOf, type IntentView, type Part } from './said';

/** More are named in the text, each a link. */
const MOST_CARDS = 4;

/** An answer in words, and the cards of what it speaks of, as everywhere. */
export function AnswerCard({ intent, answer }: { intent: IntentView; answer: NonNullable<IntentView['answer']> }) {
  const about = intent.understood?.kind === 'waiting' ? [] : answer.release_ids;
  return (
    <Stack gap="md">
      <p className="ask-answer">
        {partsOf(answer.text).map((part, index) => (
          <AnswerPart key={index} part={part} />
        ))}
      </p>
      {about.slice(0, MOST_CARDS).map((id) => (
        <ReleaseCard key={id} id={id} whole={about.length === 1} />
      ))}
      {answer.ticket_ids.slice(0, MOST_CARDS).map((id) => (
        <TicketPanel key={id} id={id} />
      ))}
    </Stack>
  );
}

function AnswerPart({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'moment':
      return <Moment at={part.at} />;
    case 'release':
      return (
        <Link to="/releases/$id" params={{ id: part.id }}>
          {part.id}
        </Link>
      );
    case 'ticket':
      return (
        <Link to="/inbox" search={{ tab: 'all', ticket: part.id }}>
          {part.id}
        </Link>
      );
  }
}
