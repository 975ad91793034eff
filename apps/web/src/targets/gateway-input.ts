import type { Schemas } from '../api/client';

type Cluster = Extract<Schemas['TargetView']['connection'], { server: string }>;
export type Gateway = NonNullable<Cluster['gateway']>;

/** The Gateway of a cluster, as it is typed; empty where Services carry the traffic. */
export interface GatewayInput {
  /** `[namespace/]name` */
  gateway: string;
  gateway_hostname: string;
}
export const NO_GATEWAY: GatewayInput = { gateway: '', gateway_hostname: '' };

export function gatewayOf({ gateway, gateway_hostname: hostname }: GatewayInput): Gateway | undefined {
  const [name, namespace] = gateway.trim().split('/').reverse();
  if (!name) return undefined;
  return { name, ...(namespace && { namespace }), ...(hostname.trim() && { hostname: hostname.trim() }) };
}

export const gatewayInput = (gateway: Gateway | undefined): GatewayInput =>
  gateway ? { gateway: nameOf(gateway), gateway_hostname: gateway.hostname ?? '' } : NO_GATEWAY;

/** A Gateway in words: `gateways/public, for {service}.example.com`. */
export const gatewayText = (gateway: Gateway): string =>
  `${nameOf(gateway)}, for ${gateway.hostname === undefined ? 'every host of it' : gateway.hostname}`;

const nameOf = ({ namespace, name }: Gateway): string => (namespace === undefined ? name : `${namespace}/${name}`);

const NAME = /^([a-z0-9-]+\/)?[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const HOSTNAME = /^(\*\.)?([a-z0-9-]|\{service\})+(\.[a-z0-9-]+)*$/;

/** What is missing of a Gateway, by field. */
export function gatewayProblems({ gateway, gateway_hostname: hostname }: GatewayInput): Record<string, string | null> {
  const [name, host] = [gateway.trim(), hostname.trim()];
  return {
    gateway: name ? (NAME.test(name) ? null : 'Its name, or namespace/name') : host ? 'Of which Gateway?' : null,
    gateway_hostname: host === '' || HOSTNAME.test(host) ? null : 'A host name, such as {service}.example.com',
  };
}
