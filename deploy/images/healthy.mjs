/** The health check of a container: exit code 0 while /healthz/ready of this process answers 200. */
const { HEALTH_PORT = '9100' } = process.env;
try {
  const { status } = await fetch(`http://127.0.0.1:${HEALTH_PORT}/healthz/ready`, { signal: AbortSignal.timeout(8_000) });
  process.exitCode = status === 200 ? 0 : 1;
} catch {
  process.exitCode = 1;
}
