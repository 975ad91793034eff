import { unpackArtifact, type UnpackOrder } from './artifact-unpack';
import { HostFailure } from './host-failure';

const order = JSON.parse(process.argv[2] ?? '{}') as UnpackOrder;
unpackArtifact(order, process.stdin).catch((error: unknown) => {
  const code = error instanceof HostFailure ? error.code : 'internal';
  process.stderr.write(JSON.stringify({ code, message: error instanceof Error ? error.message : String(error) }));
  process.exitCode = 1;
});
