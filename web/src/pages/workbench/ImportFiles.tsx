import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';

const KINDS = ['.zip', '.bpmn', '.dmn', '.form'];

/** Takes an archive or single files, and says what was wrong with them. */
export function ImportFiles({ act }: { act: (files: File[]) => Promise<void> }) {
  const { t } = useI18n();
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);

  async function take(list: FileList | null) {
    const files = [...(list ?? [])];
    if (files.length === 0) return;
    setWorking(true);
    setError(null);
    try {
      await act(files);
    } catch (problem) {
      setError(problem);
      setWorking(false);
    }
  }

  return (
    <>
      <FileTrigger acceptedFileTypes={KINDS} allowsMultiple onSelect={(list) => void take(list)}>
        <Button isDisabled={working}>{t('workbench.import')}</Button>
      </FileTrigger>
      <span className="muted small">{t('workbench.importHint')}</span>
      {error !== null && <Failure error={error} />}
    </>
  );
}
