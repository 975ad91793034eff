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
await loadSession();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
