import { Alert } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface NoticeProps {
  icon: Icon;
  title: string;
  /** `alert` is read out at once; what counts the time is a `note`. */
  role?: 'alert' | 'note';
  children: ReactNode;
}

/** Something that somebody has to know before they go on. */
export const Notice = ({ icon: Symbol, title, role = 'alert', children }: NoticeProps) => (
  <Alert className="notice" data-tone="wait" variant="light" role={role} icon={<Symbol size={18} aria-hidden />} title={title}>
    {children}
  </Alert>
);
