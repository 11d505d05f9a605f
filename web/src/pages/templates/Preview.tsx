import type { NotificationPreview } from '../../api/types';
import { useI18n } from '../../i18n';

/** The mail as it would arrive, in both of its forms. The frame is sandboxed: nothing in it runs, opens or sends. */
export function Preview({ preview }: { preview: NotificationPreview }) {
  const { t } = useI18n();
  return (
    <div className="template-preview" role="region" aria-label={t('templates.preview')}>
      <h3>{t('templates.asMail')}</h3>
      <p className="muted small">{t('templates.sample')}</p>
      <p>
        <strong>{preview.subject}</strong>
      </p>
      <iframe title={t('templates.html')} sandbox="" srcDoc={preview.html} />
      <h3>{t('templates.plain')}</h3>
      <pre>{preview.plain}</pre>
    </div>
  );
}
