/** One process of the catalogue: what it is for, how long it takes, what one will need. */
import { Link } from 'react-router-dom';
import type { CatalogueEntry } from '../../api/catalogue';
import { useI18n } from '../../i18n';
import { expectedText } from './expected';
import { Favourite } from './Favourite';

export function EntryCard({ entry, onFavourite }: { entry: CatalogueEntry; onFavourite: () => void }) {
  const { language, pick, t } = useI18n();
  const name = pick(entry.name.th, entry.name.en) || entry.processDefinitionId;
  const description = pick(entry.description.th, entry.description.en);
  const files = entry.needs.filter((need) => need.file).length;
  const fields = entry.needs.length - files;
  const needs = [
    ...(fields > 0 ? [t('catalogue.needsCount', { n: fields })] : []),
    ...(files > 0 ? [t('catalogue.needsFiles', { n: files })] : []),
  ];
  return (
    <>
      <div className="entry-head">
        <h3>
          <Link to={`/start/${entry.processDefinitionKey}`}>{name}</Link>
        </h3>
        <Favourite entry={entry} onChanged={onFavourite} />
      </div>
      {description && <p className="entry-description small">{description}</p>}
      <dl className="entry-facts small">
        <dt>{t('catalogue.duration')}</dt>
        <dd>{expectedText(entry.expected, language, t)}</dd>
        <dt>{t('catalogue.needs')}</dt>
        <dd>{needs.join(' · ') || t('catalogue.needsNothing')}</dd>
      </dl>
    </>
  );
}
