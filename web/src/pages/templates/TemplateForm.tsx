import { useState } from 'react';
import { previewTemplate, resetTemplate, setTemplate } from '../../api/notifying';
import { problemText } from '../../api/problem';
import type { NotificationPreview, NotificationTemplate } from '../../api/types';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';
import { By } from '../../ui/Person';
import { Preview } from './Preview';

/** One text: written, looked at before it counts, saved, or put back to the built-in one. */
export function TemplateForm({ template, reload }: { template: NotificationTemplate; reload: () => void }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [subject, setSubject] = useState(template.subject);
  const [text, setText] = useState(template.text);
  const [preview, setPreview] = useState<NotificationPreview | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [working, setWorking] = useState(false);

  async function act(what: () => Promise<string | null>) {
    setWorking(true);
    setError(null);
    try {
      const said = await what();
      if (said !== null) {
        announce(said);
        reload();
      }
    } catch (problem) {
      setError(problemText(problem, language, t));
    } finally {
      setWorking(false);
    }
  }

  return (
    <section className="card" aria-labelledby="template">
      <h2 id="template">{t('templates.text')}</h2>
      <p>
        <span className={`badge ${template.builtIn ? '' : 'good'}`}>
          {t(template.builtIn ? 'templates.builtIn' : 'templates.own')}
        </span>
      </p>
      {template.changedBy !== null && template.changedAt !== null && (
        <By username={template.changedBy} at={template.changedAt} />
      )}
      <TextInput label={t('templates.subject')} value={subject} onChange={setSubject} maxLength={300} />
      <TextInput
        label={t('templates.body')}
        hint={t('templates.values', { values: template.values.map((name) => `{{ ${name} }}`).join(' ') })}
        multiline
        value={text}
        onChange={setText}
        maxLength={4000}
      />
      {error && (
        <p className="notice danger" role="alert">
          {error}
        </p>
      )}
      <div className="row">
        <Button
          isDisabled={working}
          onPress={() =>
            void act(async () => {
              setPreview(await previewTemplate(template.templateId, { subject, text }));
              return null;
            })
          }
        >
          {t('templates.preview')}
        </Button>
        <Button
          kind="primary"
          isDisabled={working}
          onPress={() =>
            void act(async () => {
              await setTemplate(template, { subject, text });
              return t('common.saved');
            })
          }
        >
          {t('common.save')}
        </Button>
        {!template.builtIn && (
          <Button
            isDisabled={working}
            onPress={() =>
              void act(async () => {
                await resetTemplate(template);
                return t('templates.resetDone');
              })
            }
          >
            {t('templates.reset')}
          </Button>
        )}
      </div>
      {preview && <Preview preview={preview} />}
    </section>
  );
}
