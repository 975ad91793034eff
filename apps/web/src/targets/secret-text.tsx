import { Button, FileButton, Textarea, type TextareaProps } from '@mantine/core';

interface SecretTextProps extends Omit<TextareaProps, 'onChange' | 'label'> {
  label: string;
  onChange: (text: string) => void;
}

/** Text that is pasted, or read from a file of this computer: a key, a certificate, a kubeconfig. Only ever sent, never shown again. */
export const SecretText = ({ label, onChange, ...rest }: SecretTextProps) => (
  <Textarea
    {...rest}
    label={label}
    autosize
    minRows={3}
    maxRows={6}
    autoComplete="off"
    spellCheck={false}
    styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
    onChange={({ currentTarget: { value } }) => onChange(value)}
    inputContainer={(input) => (
      <>
        {input}
        <FileButton onChange={(file) => void file?.text().then(onChange)}>
          {(props) => (
            <Button {...props} size="compact-xs" variant="subtle" mt={2} ml={-6} aria-label={`Read it from a file: ${label}`}>
              Read it from a file
            </Button>
          )}
        </FileButton>
      </>
    )}
  />
);
