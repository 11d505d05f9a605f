/** One file: what it is called, and what can be done with it. Names are texts, whatever stands in them. */
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Problem } from '../api/client';
import { readFile } from '../api/documents';
import { problemText } from '../api/problem';
import { saveFile } from '../api/save';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import './files.css';
import { fileSize } from './fileSize';
import { shownAs } from './kinds';
import type { FileFacts } from './reference';

const FilePreview = lazy(() => import('./FilePreview'));

interface Props {
  facts: Pick<FileFacts, 'documentId' | 'name' | 'size'>;
  /** what else is said of it */
  children?: ReactNode;
  onRemove?: (() => void) | null;
  onClassify?: (() => void) | null;
}

export function FileLine({ facts, children, onRemove = null, onClassify = null }: Props) {
  const { language, t } = useI18n();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const name = facts.name ?? t('files.unnamed');

  async function save() {
    setError(null);
    try {
      saveFile(await readFile(facts.documentId), name);
    } catch (problem) {
      const gone = problem instanceof Problem && problem.status === 404;
      setError(gone ? t('files.gone') : problemText(problem, language, t));
    }
  }

  return (
    <div className="file-line">
      <div className="file-about">
        <span className="file-name">{name}</span>
        {facts.size !== null && <span className="muted small"> {fileSize(facts.size, language)}</span>}
        {children}
        {error && (
          <p className="file-why small" role="alert">
            {error}
          </p>
        )}
      </div>
      <div className="row file-actions">
        {shownAs(name) && (
          <Button small aria-label={t('files.openOne', { name })} onPress={() => setOpen(true)}>
            {t('files.open')}
          </Button>
        )}
        <Button small aria-label={t('files.saveOne', { name })} onPress={() => void save()}>
          {t('files.save')}
        </Button>
        {onClassify && (
          <Button small aria-label={t('files.classifyOne', { name })} onPress={onClassify}>
            {t('files.classify')}
          </Button>
        )}
        {onRemove && (
          <Button small aria-label={t('files.removeOne', { name })} onPress={onRemove}>
            {t('files.remove')}
          </Button>
        )}
      </div>
      {open && (
        <Suspense>
          <FilePreview documentId={facts.documentId} name={name} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
