/** How members of a connection are read: the place first, then who enters, then what is used there. */
const ORDER = [
  'host',
  'port',
  'user',
  'host_key',
  'server',
  'ca',
  'tls_server_name',
  'namespace',
  'gateway',
  'field_manager',
  'project_name',
  'port_from',
  'port_to',
  'routed_port',
  'routed_port_to',
  'proxy_image',
  'prometheus',
];

/** Names of a connection's members in the order in which they are read; others last. */
export const inOrder = (names: readonly string[]): string[] => [...names].sort((one, other) => rank(one) - rank(other));

const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
