import { Problem } from '../../api/client';
import type { ImportFault } from '../../api/peopleImports';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';

/** Why an import was refused: each fault with its file and line. */
export function Refusal({ error }: { error: unknown }) {
  const { pick, t } = useI18n();
  const faults = error instanceof Problem ? (error.body as { faults?: ImportFault[] }).faults : undefined;
  if (!faults) return <Failure error={error} />;
  return (
    <div className="notice danger" role="alert">
      <p>{t('accounts.importFaults')}</p>
      <ul>
        {faults.map(({ file, elementId, th, en }, n) => (
          <li key={n}>
            <code>{file}</code> {elementId && <strong>{elementId}</strong>} {pick(th, en)}
          </li>
        ))}
      </ul>
    </div>
  );
}
