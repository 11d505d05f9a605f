import { useCallback } from 'react';
import { Link, useParams } from 'react-router-dom';
import { getStartable } from '../../api/definitions';
import { localDigits } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import './start.css';
import { StartOne } from './StartOne';

export default function StartPage() {
  const { key } = useParams();
  return key ? <StartOne key={key} definitionKey={key} /> : <Choice />;
}

function Choice() {
  const { language, pick, t } = useI18n();
  const definitions = useResource(useCallback((signal: AbortSignal) => getStartable(signal), []));
  return (
    <>
      <PageTitle>{t('start.title')}</PageTitle>
      {definitions.loading && <Loading />}
      {Boolean(definitions.error) && <Failure error={definitions.error} retry={definitions.reload} />}
      {definitions.data?.length === 0 && <p className="card">{t('start.empty')}</p>}
      {definitions.data && definitions.data.length > 0 && (
        <>
          <h2 id="start-choose">{t('start.choose')}</h2>
          <ul className="plain-list start-list" aria-labelledby="start-choose">
            {definitions.data.map((definition) => (
              <li key={definition.processDefinitionKey} className="card">
                <Link to={`/start/${definition.processDefinitionKey}`}>
                  {pick(definition.name, definition.nameEn) || definition.processDefinitionId}
                </Link>
                <div className="muted small">
                  {t('start.version', { n: localDigits(String(definition.version), language) })}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
