import { Button, Group } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import type { DeploySearch } from '../app/router';
import { LinkButton } from '../display/link-button';

interface PreviewFootProps {
  /** The choice that led to the preview, to choose again from. */
  choice: DeploySearch;
  /** The preview is there, and holds. */
  ready: boolean;
  /** What failing checks say; with one, nobody goes on. */
  failed: readonly string[];
  onContinue: () => void;
}

/** On from a preview, or back to the choice; of one release or of several as one. */
export const PreviewFoot = ({ choice, ready, failed, onContinue }: PreviewFootProps) => (
  <Group className="deploy-foot">
    <LinkButton to="/deploy" search={choice} variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />}>
      Choose again
    </LinkButton>
    <Button disabled={!ready || failed.length > 0} rightSection={<IconArrowRight size={16} aria-hidden />} onClick={onContinue}>
      Continue
    </Button>
    {failed.length > 0 && <span className="quiet">A check fails: {failed.join(' ')}</span>}
  </Group>
);
