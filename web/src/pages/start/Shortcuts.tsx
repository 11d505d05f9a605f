/** The short ways: favourites, and what one started last. */
import { Link } from 'react-router-dom';
import type { CatalogueEntry } from '../../api/catalogue';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';

interface Props {
  favourites: readonly CatalogueEntry[];
  recent: readonly CatalogueEntry[];
}

export function Shortcuts({ favourites, recent }: Props) {
  const { t } = useI18n();
  if (favourites.length + recent.length === 0) return null;
  return (
    <div className="shortcuts">
      <Shortcut title={t('catalogue.favourites')} entries={favourites} />
      <Shortcut title={t('catalogue.recent')} entries={recent} dated />
    </div>
  );
}

function Shortcut({
  title,
  entries,
  dated = false,
}: {
  title: string;
  entries: readonly CatalogueEntry[];
  dated?: boolean;
}) {
  const { language, pick, t } = useI18n();
  if (entries.length === 0) return null;
  return (
    <nav className="card" aria-label={title}>
      <h2>{title}</h2>
      <ul className="plain-list">
        {entries.map((entry) => (
          <li key={entry.processDefinitionKey}>
            <Link to={`/start/${entry.processDefinitionKey}`}>
              {pick(entry.name.th, entry.name.en) || entry.processDefinitionId}
            </Link>
            {dated && entry.lastStartedAt && (
              <span className="muted small">
                {' '}
                {t('catalogue.lastStarted', { date: formatMoment(entry.lastStartedAt, language, 'date') })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
