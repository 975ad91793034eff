import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { EnvironmentView } from '../api/client';
import { Problem } from './problem';
import { useFocusGivenBack } from './focus-given-back';

interface Place {
  name: string;
  type: EnvironmentView['type'];
}
interface ConfirmActProps {
  title: string;
  children: ReactNode;
  /** What the button says: the act itself. */
  act: string;
  /** The place that the act concerns, where it concerns one. */
  environment?: Place;
  /** Label of a reason that is asked for; none is asked for without it. */
  reason?: { label: string; required?: boolean };
  error: unknown;
  pending: boolean;
  danger?: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** The one confirmation on every path to an act; where it concerns production, the environment's name must be typed. */
export function ConfirmAct({ title, children, act, environment, reason, error, pending, danger, onConfirm, onClose }: ConfirmActProps) {
  useFocusGivenBack();
  const [why, setWhy] = useState('');
  const [typed, setTyped] = useState('');
  const ready = isConfirmed(environment, typed) && (!reason?.required || why.trim() !== '');
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onConfirm(why.trim());
        }}
      >
        <Stack gap="md">
          <Text size="sm" component="div">
            {children}
          </Text>
          {reason && (
            <Textarea
              label={reason.label}
              required={reason.required}
              data-autofocus
              autosize
              minRows={2}
              maxLength={1000}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
            />
          )}
          <TypedName environment={environment} value={typed} onChange={setTyped} />
          {Boolean(error) && <Problem error={error} what="It was refused" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" color={danger ? 'red.8' : undefined} disabled={!ready} loading={pending}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export const isConfirmed = (environment: Place | undefined, typed: string): boolean =>
  environment?.type !== 'production' || typed.trim() === environment.name;

interface TypedNameProps {
  environment: Place | undefined;
  value: string;
  onChange: (value: string) => void;
}
/** Asks to type a production environment's name; nothing elsewhere. */
export const TypedName = ({ environment, value, onChange }: TypedNameProps) =>
  environment?.type === 'production' ? (
    <TextInput
      label={
        <>
          Type <code>{environment.name}</code> to confirm
        </>
      }
      description="This is production"
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  ) : null;
