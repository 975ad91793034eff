import { isSlipwayError, SlipwayError } from '@slipway/contracts';
import type { SshEndpoint } from './ssh-connection';

/** The host showed another key than the pinned one. */
export class MismatchedHostKey extends Error {
  constructor(readonly presented: string) {
    super(`the host presents ${presented}`);
  }
}

/** Why a connection did not come about, in the words of the port (libs/runtime-target). */
export function connectionFailure(error: unknown, { host, port, user, hostKey }: SshEndpoint): SlipwayError {
  if (isSlipwayError(error)) return error;
  if (error instanceof MismatchedHostKey) {
    const message = `${host}:${port} presents the host key ${error.presented}, pinned is ${hostKey}. If the host was set up anew, change the target's host_key; if not, somebody may be in between.`;
    return new SlipwayError('host_key_mismatch', message, { presented: error.presented, pinned: hostKey });
  }
  const reason = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (level(error) === 'client-authentication') {
    const message = `${host} does not let ${user} in with this key. Put its public half into ~${user}/.ssh/authorized_keys, or store another credential.`;
    return new SlipwayError('credential_refused', message, { user }, options);
  }
  if (/privateKey|passphrase|private key/i.test(reason)) {
    return new SlipwayError('credential_refused', `The private key of ${user}@${host} cannot be used: ${reason}`, { user }, options);
  }
  const message = `${host}:${port} cannot be reached over SSH: ${reason}. Check that the host is up and that its SSH port is open from here.`;
  return new SlipwayError('dependency_unavailable', message, { host, port }, options);
}

const level = (error: unknown): unknown => (error instanceof Error && 'level' in error ? error.level : undefined);
