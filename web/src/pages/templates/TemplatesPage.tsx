/** The texts of mails: chosen by what they are about and by language, written, looked at, and put back. */
import { useState } from 'react';
import { templates } from '../../api/notifying';
import { useI18n } from '../../i18n';
import { useTopicName } from '../../parts/Topics';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { TemplateForm } from './TemplateForm';
import './templates.css';

export default function TemplatesPage() {
  const { t } = useI18n();
  const nameOf = useTopicName();
  const found = useResource(templates);
  const [topic, setTopic] = useState('task-assigned');
  const [language, setLanguage] = useState('th');
  const topics = [...new Set(found.data?.map((one) => one.topic))];
  const shown = found.data?.find((one) => one.topic === topic && one.language === language);
  return (
    <>
      <PageTitle>{t('templates.title')}</PageTitle>
      <p className="muted">{t('templates.what')}</p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && (
        <div className="row template-choice">
          <Choice
            label={t('templates.topic')}
            value={topic}
            options={topics.map((value) => ({ value, label: nameOf(value) }))}
            onChange={setTopic}
          />
          <Choice
            label={t('notifying.language')}
            value={language}
            options={[
              { value: 'th', label: t('notifying.thai') },
              { value: 'en', label: t('notifying.english') },
            ]}
            onChange={setLanguage}
          />
        </div>
      )}
      {shown && <TemplateForm key={`${shown.templateId} ${shown.rev}`} template={shown} reload={found.reload} />}
    </>
  );
}
