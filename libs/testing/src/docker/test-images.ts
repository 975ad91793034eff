import { findProgram } from './docker-host';
import { layerOf, programFiles } from './image-layer';
import type { ImageRegistry } from './image-registry';

const PASSWD = { path: '/etc/passwd', content: 'root:x:0:0:root:/:/bin/false\n' };

/** An image of this machine's haproxy; another `label` gives another digest. */
export async function haproxyImage(registry: ImageRegistry, label = 'proxy'): Promise<string> {
  const layer = await layerOf([...programFiles(findProgram('haproxy')!, '/usr/sbin/haproxy'), PASSWD]);
  return registry.add('haproxy', layer, { Labels: { label }, Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] });
}

/** An image of this machine's node that runs a program. */
export async function nodeImage(registry: ImageRegistry, name: string, program: string): Promise<string> {
  const layer = await layerOf([
    ...programFiles(process.execPath, '/usr/local/bin/node'),
    PASSWD,
    { path: '/app/main.cjs', content: program },
  ]);
  return registry.add(name, layer, {
    Entrypoint: ['/usr/local/bin/node', '/app/main.cjs'],
    Env: ['PATH=/usr/local/bin:/bin'],
    User: '1000:1000',
  });
}
