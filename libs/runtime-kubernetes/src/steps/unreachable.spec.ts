import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { KubernetesRuntimeTarget } from '../kubernetes-runtime-target';
import { accessOf, ANYWHERE } from '../testing/cluster-access';
import { contextOf, sampleRelease } from '../testing/sample-release';

/** Where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('a cluster whose control plane is away', () => {
  const target = new KubernetesRuntimeTarget({ network: ANYWHERE });
  afterAll(() => target.close());

  it('leaves every step to its caller, who may run it again, and condemns nothing', async () => {
    const server = `https://127.0.0.1:${await closedPort()}`;
    const access = accessOf({ server, namespace: 'shop' }, { kind: 'bearer_token', token: 'secret' });
    const input = sampleRelease(target, access, 'slt-away', 'rel-1');
    const steps = [...target.deploySteps(input), ...target.restoreSteps(input)];
    const ends = await Promise.all(steps.map((step) => step.run(contextOf(1)).catch((error: unknown) => error)));
    expect(ends.length).toBeGreaterThan(3);
    for (const end of ends) expect(end).toMatchObject({ code: 'dependency_unavailable', details: { server } });
  }, 30_000);
});
