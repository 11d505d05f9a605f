/** What one may start, by unit; favourites and what one started last stand before it. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { searchCatalogue, type CatalogueEntry, type OwnerUnit } from '../../api/catalogue';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Empty } from '../../ui/Empty';
import { Listed } from '../../ui/Listed';
import { PageTitle } from '../../ui/PageTitle';
import { SearchBox } from '../../ui/SearchBox';
import { useList } from '../../ui/useList';
import { useResource } from '../../ui/useResource';
import { EntryCard } from './EntryCard';
import { Shortcuts } from './Shortcuts';

const PAGE = 30;
const ANY = '';

export function Catalogue() {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const text = params.get('q') ?? '';
  const unit = params.get('unit') ?? ANY;
  const list = useList<CatalogueEntry>(
    useCallback(
      (after, signal) =>
        searchCatalogue({ ...(text && { text }), ...(unit && { ownerUnit: unit }) }, { limit: PAGE, after }, signal),
      [text, unit],
    ),
  );
  const own = useResource(
    useCallback(async (signal: AbortSignal) => {
      const [favourites, recent] = await Promise.all([
        searchCatalogue({ favourite: true }, { limit: 100 }, signal),
        searchCatalogue({ recent: true }, { limit: 5 }, signal),
      ]);
      return { favourites: favourites.items, recent: recent.items, units: favourites.units };
    }, []),
  );
  const narrow = (change: { q?: string; unit?: string }) => {
    const wanted = Object.entries({ q: text, unit, ...change }).filter(([, value]) => value !== '');
    setParams(Object.fromEntries(wanted), { replace: true });
  };
  const narrowed = text !== '' || unit !== ANY;

  return (
    <>
      <PageTitle>{t('start.title')}</PageTitle>
      <div className="inbox-tools">
        <SearchBox
          label={t('catalogue.search')}
          hint={t('catalogue.searchHint')}
          value={text}
          onSearch={(q) => narrow({ q })}
        />
        <UnitChoice units={own.data?.units ?? []} value={unit} onChange={(chosen) => narrow({ unit: chosen })} />
      </div>
      {!narrowed && own.data && <Shortcuts favourites={own.data.favourites} recent={own.data.recent} />}
      <Listed
        list={list}
        empty={narrowed ? <NotFound clear={() => narrow({ q: '', unit: ANY })} /> : <NothingToStart />}
      >
        {(items) => <ByUnit items={items} onFavourite={own.reload} />}
      </Listed>
    </>
  );
}

interface UnitProps {
  units: readonly OwnerUnit[];
  value: string;
  onChange: (unit: string) => void;
}

function UnitChoice({ units, value, onChange }: UnitProps) {
  const { pick, t } = useI18n();
  const options = units.map(({ key, name }) => ({ value: key, label: pick(name.th, name.en) || key }));
  const unknown = value !== ANY && !units.some(({ key }) => key === value) ? [{ value, label: value }] : [];
  return (
    <Choice
      label={t('catalogue.unit')}
      value={value}
      options={[{ value: ANY, label: t('catalogue.anyUnit') }, ...unknown, ...options]}
      onChange={onChange}
    />
  );
}

/** The server lists by unit, so that those of one unit stand together. */
function ByUnit({ items, onFavourite }: { items: readonly CatalogueEntry[]; onFavourite: () => void }) {
  const { pick, t } = useI18n();
  const units = useMemo(() => {
    const found = new Map<string, CatalogueEntry[]>();
    for (const item of items) {
      const key = item.ownerUnit?.key ?? ANY;
      found.set(key, [...(found.get(key) ?? []), item]);
    }
    return [...found];
  }, [items]);
  return units.map(([key, entries]) => {
    const owner = entries[0]?.ownerUnit;
    return (
      <section key={key} aria-labelledby={`unit-${key}`} className="catalogue-unit">
        <h2 id={`unit-${key}`}>{owner ? pick(owner.name.th, owner.name.en) || key : t('catalogue.noUnit')}</h2>
        <ul className="plain-list start-list">
          {entries.map((entry) => (
            <li key={entry.processDefinitionKey} className="card">
              <EntryCard entry={entry} onFavourite={onFavourite} />
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

function NotFound({ clear }: { clear: () => void }) {
  const { t } = useI18n();
  return (
    <div className="card">
      <p>{t('catalogue.none')}</p>
      <Button onPress={clear}>{t('catalogue.clear')}</Button>
    </div>
  );
}

function NothingToStart() {
  const { t } = useI18n();
  return <Empty title={t('start.empty')} hint={t('catalogue.emptyHint')} />;
}
