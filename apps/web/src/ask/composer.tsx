import { ActionIcon, Textarea } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';

interface ComposerProps {
  pending: boolean;
  onSay: (utterance: string) => void;
}

/** Where one says it. Enter sends; with shift, a new line. */
export function Composer({ pending, onSay }: ComposerProps) {
  const [text, setText] = useState('');
  const send = (): void => {
    if (text.trim() === '' || pending) return;
    onSay(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="ask-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        aria-label="Say what you want"
        placeholder="e.g. deploy the latest hello to dev"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={1000}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        rightSectionWidth={44}
        rightSection={
          <ActionIcon type="submit" size="lg" aria-label="Send" loading={pending} disabled={text.trim() === ''}>
            <IconSend2 size={17} aria-hidden />
          </ActionIcon>
        }
      />
    </form>
  );
}
