import type { FormTrial } from '../api/draftForms';
import { useI18n } from '../i18n';

/** What the server would write, or what it found wrong; and the fields that nobody would see. */
export function Result({ trial: { values, errors, hidden } }: { trial: FormTrial }) {
  const { pick, t } = useI18n();
  const written = Object.entries(values);
  return (
    <div className={`notice ${errors.length ? 'danger' : 'good'}`}>
      <p>{t(errors.length ? 'formedit.refused' : 'formedit.taken')}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map(({ field, code, message }) => (
            <li key={`${field}/${code}`}>
              {field && <code>{field}</code>} {pick(message.th, message.en)} <span className="muted small">{code}</span>
            </li>
          ))}
        </ul>
      )}
      {written.length > 0 && (
        <dl className="trial-values">
          {written.map(([name, value]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                <code>{JSON.stringify(value)}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {hidden.length > 0 && <p className="small">{t('formedit.hidden', { names: hidden.join(', ') })}</p>}
    </div>
  );
}
