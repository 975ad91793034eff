import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './display/tones.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { loadSession } from './session/session';
import { styleNonceForScrollLock } from './app/style-nonce';

styleNonceForScrollLock();
const root = document.getElementById('root')!;
/** Nobody is asked to sign in because the gateway was being restarted. */
for (;;) {
  try {
    await loadSession();
    break;
  } catch {
    root.textContent = 'Slipway cannot be reached right now. Trying again …';
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
root.textContent = '';
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
