import { hostFailed } from './host-failure';
import { readReport } from './host-report';

const failed = (why: string, ...output: string[]) =>
  hostFailed(
    readReport(`@started\n${output.map((line) => `| ${line}\n`).join('')}= why ${Buffer.from(why).toString('base64')}\n@exit 1\n`),
    'roll-1',
  );

describe('what failed at a host', () => {
  it('is the artifact’s fault when its registry has no such image', () => {
    const error = failed(
      'failed: up shop-1',
      ' web Pulling ',
      ' web Error manifest unknown',
      'Error response from daemon: manifest unknown',
    );
    expect(error.code).toBe('artifact_invalid');
    expect(error.message).toBe('The image of web is not in its registry: manifest unknown. Push it, or correct its digest.');
    expect(error.details['last_lines']).toHaveLength(3);
  });

  it('is nobody’s fault yet when the registry cannot be asked', () => {
    const error = failed(
      'failed: up shop-1',
      ' web Error ',
      'Error response from daemon: Get "https://registry/v2/": dial tcp: no such host',
    );
    expect(error.code).toBe('dependency_failed');
    expect(error.message).toMatch(
      /^The host cannot pull the image of web: Get "https:\/\/registry\/v2\/": dial tcp: no such host\. Let the host/,
    );
  });

  it('is the target’s when it is the image of the proxy', () => {
    const error = failed('failed: up shop-1-front', ' proxy Error manifest unknown', 'Error response from daemon: manifest unknown');
    expect(error.code).toBe('dependency_failed');
    expect(error.message).toContain('name another by proxy_image of the target');
  });

  it('is the artifact’s when its command cannot be started', () => {
    const error = failed(
      'failed: up shop-1',
      ' Container shop-1-web-1  Starting',
      'Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "serve": executable file not found in $PATH: unknown',
    );
    expect(error.code).toBe('artifact_invalid');
    expect(error.message).toBe('A container cannot be started: exec: "serve": executable file not found in $PATH');
  });

  it('is told by the line that names a fault, else', () => {
    const error = failed(
      'failed: up shop-1',
      ' Network a Creating',
      'Error response from daemon: all predefined address pools have been subnetted',
      ' a',
    );
    expect(error.message).toBe('The host could not do it (failed: up shop-1): all predefined address pools have been subnetted');
    expect(failed('failed: reload x').message).toContain('it said nothing');
  });
});
