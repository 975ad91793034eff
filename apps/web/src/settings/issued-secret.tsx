import { Text } from '@mantine/core';
import type { Schemas } from '../api/client';
import { SecretOnce } from '../display/secret-once';
import { Moment } from '../display/times';

/** The secret of a token, and whom it is. */
export const IssuedSecret = ({ token, onClose }: { token: Schemas['IssuedToken']; onClose: () => void }) => (
  <SecretOnce title={`Token ${token.name}`} secret={token.secret} again="rotate the token for a new one" onClose={onClose}>
    <Text size="sm" c="var(--quiet)" component="div">
      It acts as <b>{token.actor_id}</b> until <Moment at={token.expires_at} />.
    </Text>
  </SecretOnce>
);
