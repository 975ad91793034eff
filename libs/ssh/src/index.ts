export { fingerprintOf, presentedHostKey } from './host-key';
export { remoteCommand, type RemoteCommand } from './remote-command';
export { SshConnection, type ExecResult, type SshEndpoint, type SshKey, type SshNetwork } from './ssh-connection';
export { SshPool, type SshAccess } from './ssh-pool';
