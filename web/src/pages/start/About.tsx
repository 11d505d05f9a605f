/** What to know before starting a case: purpose, owner, how long it takes, what is asked, who takes part, the diagram. */
import { useCallback, useState } from 'react';
import { getCatalogueEntry, type CatalogueEntry } from '../../api/catalogue';
import type { ProcessDefinitionKey } from '../../api/types';
import { useI18n } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';
import { expectedText } from './expected';

const UNMARKED = { active: [], taken: [], counts: {} };

export function About({ definitionKey }: { definitionKey: ProcessDefinitionKey }) {
  const { t } = useI18n();
  const entry = useResource(
    useCallback((signal: AbortSignal) => getCatalogueEntry(definitionKey, signal), [definitionKey]),
  );
  return (
    <section className="card" aria-labelledby="about-process">
      <h2 id="about-process">{t('catalogue.about')}</h2>
      {Boolean(entry.error) && <Failure error={entry.error} retry={entry.reload} />}
      {entry.loading && <Loading />}
      {entry.data && <Facts entry={entry.data} />}
    </section>
  );
}

function Facts({ entry }: { entry: CatalogueEntry }) {
  const { language, pick, t } = useI18n();
  const [drawn, setDrawn] = useState(false);
  const description = pick(entry.description.th, entry.description.en);
  const owner = entry.ownerUnit;
  return (
    <>
      {description && <p className="entry-text">{description}</p>}
      <dl className="facts about-facts">
        {owner && (
          <>
            <dt>{t('catalogue.owner')}</dt>
            <dd>{pick(owner.name.th, owner.name.en) || owner.key}</dd>
          </>
        )}
        <dt>{t('catalogue.duration')}</dt>
        <dd>{expectedText(entry.expected, language, t)}</dd>
        {entry.participants.length > 0 && (
          <>
            <dt>{t('catalogue.participants')}</dt>
            <dd>{entry.participants.map(({ key, name }) => pick(name.th, name.en) || key).join(', ')}</dd>
          </>
        )}
        {entry.needs.length > 0 && (
          <>
            <dt>{t('catalogue.needs')}</dt>
            <dd>
              <ul className="needs">
                {entry.needs.map((need) => (
                  <li key={need.key}>
                    {pick(need.label.th, need.label.en)}
                    {need.file && <span className="badge">{t('catalogue.file')}</span>}
                    {need.required && <span className="muted small"> ({t('catalogue.required')})</span>}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      <details className="entry-diagram" onToggle={(event) => setDrawn(drawn || event.currentTarget.open)}>
        <summary>{t('catalogue.diagram')}</summary>
        {drawn && (
          <CaseDiagram
            definitionKey={entry.processDefinitionKey}
            name={pick(entry.name.th, entry.name.en) || entry.processDefinitionId}
            marks={UNMARKED}
          />
        )}
      </details>
    </>
  );
}
