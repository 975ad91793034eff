import { Code } from '@mantine/core';
import { IconBox, IconServer2 } from '@tabler/icons-react';
import { LinkButton } from '../display/link-button';
import { Empty } from '../display/page';

/** A project without a service: what one is, and how it gets there. */
export const NoService = () => (
  <Empty
    icon={IconBox}
    title="No service yet"
    action={
      <LinkButton to="/settings" search={{ tab: 'projects' }} size="xs" mt="xs">
        Create a service
      </LinkButton>
    }
  >
    A service is what you deploy. Create it, then push its first version:{' '}
    <Code>slipway artifacts push ./dir --service hello --version 1.0.0</Code>
  </Empty>
);

/** A project without an environment: what one is, and where it is made. */
export const NoEnvironment = () => (
  <Empty
    icon={IconServer2}
    title="No environment yet"
    action={
      <LinkButton to="/environments" size="xs" mt="xs">
        Create an environment
      </LinkButton>
    }
  >
    An environment is a place where releases run, with its own policy: development, staging, production.
  </Empty>
);
