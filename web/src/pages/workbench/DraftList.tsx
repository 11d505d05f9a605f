import { Link } from 'react-router-dom';
import { searchDrafts, type ListedDraft } from '../../api/modelDrafts';
import { formatMoment, formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Listed } from '../../ui/Listed';
import { usePersonNames } from '../../ui/names';
import { useList } from '../../ui/useList';

/** The drafts that are not published yet, the last changed first. */
export function DraftList() {
  const { t } = useI18n();
  const drafts = useList(searchDrafts);
  return (
    <section className="card" aria-labelledby="drafts-title">
      <h2 id="drafts-title">{t('workbench.drafts')}</h2>
      <Listed list={drafts} empty={<p className="muted">{t('workbench.noDrafts')}</p>}>
        {(items) => <Drafts items={items} />}
      </Listed>
    </section>
  );
}

function Drafts({ items }: { items: readonly ListedDraft[] }) {
  const { language, t } = useI18n();
  const nameOf = usePersonNames(items.map(({ updatedBy }) => updatedBy));
  return (
    <ul className="plain-list entries">
      {items.map((draft) => (
        <li key={draft.draftKey}>
          <div className="row">
            <Link to={`/workbench/drafts/${draft.draftKey}`}>{draft.name}</Link>
            {draft.state === 'AWAITING_APPROVAL' && (
              <span className="badge warn">{t('draft.state.AWAITING_APPROVAL')}</span>
            )}
          </div>
          <span className="muted small">
            {draft.processDefinitionId !== null &&
              draft.processDefinitionVersion !== null &&
              `${t('workbench.basedOn', {
                id: draft.processDefinitionId,
                version: formatNumber(draft.processDefinitionVersion, language),
              })} · `}
            {t('workbench.changed', {
              date: formatMoment(draft.updatedAt, language),
              name: nameOf(draft.updatedBy),
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
