import '@fontsource/sarabun/thai-400.css';
import '@fontsource/sarabun/thai-600.css';
import '@fontsource/sarabun/latin-400.css';
import '@fontsource/sarabun/latin-600.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/lists.css';
import './styles/bpmn-io.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { followAppearance } from './app/appearance';
import { loadMessages, remembered } from './i18n';

followAppearance();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// what loads the pages does not wait for the texts, only what draws them
void loadMessages(remembered()).then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
