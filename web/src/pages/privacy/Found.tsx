import { Link } from 'react-router-dom';
import type { CaseOfPerson, Inquiry } from '../../api/privacy';
import { isMessageKey, useI18n, type MessageKey } from '../../i18n';

/** Where a person's data are, never what they are; and what of it an erasure would take. */
export function Found({ inquiry }: { inquiry: Inquiry }) {
  const { t } = useI18n();
  const { account, cases, elsewhere, openEvents } = inquiry;
  const nothing = account === null && cases.length === 0 && elsewhere.length === 0 && openEvents === 0;
  return (
    <section className="card" aria-labelledby="privacy-found">
      <h2 id="privacy-found">{t('privacy.found')}</h2>
      {nothing && <p>{t('privacy.nothing')}</p>}
      {account && <Account account={account} />}
      {cases.length > 0 && (
        <>
          <h3>{t('privacy.cases', { n: cases.length })}</h3>
          <ul className="plain-list entries">
            {cases.map((item) => (
              <li key={item.processInstanceKey}>
                <Case item={item} />
              </li>
            ))}
          </ul>
        </>
      )}
      {elsewhere.length > 0 && (
        <>
          <h3>{t('privacy.elsewhere')}</h3>
          <ul>
            {elsewhere.map(({ place, rows }) => (
              <li key={place}>
                <PlaceName place={place} />: {t('privacy.rows', { n: rows })}
              </li>
            ))}
          </ul>
        </>
      )}
      {openEvents > 0 && <p>{t('privacy.openEvents', { n: openEvents })}</p>}
    </section>
  );
}

function Account({ account }: { account: NonNullable<Inquiry['account']> }) {
  const { t } = useI18n();
  return (
    <>
      <h3>{t('privacy.account', { name: account.username })}</h3>
      <Stays reasons={account.stays} />
      <p>
        <Link to={`/people/accounts/${encodeURIComponent(account.username)}`}>{t('privacy.accountChange')}</Link>
      </p>
    </>
  );
}

function Case({ item }: { item: CaseOfPerson }) {
  const { t } = useI18n();
  const { processInstanceKey: key, fields, places } = item;
  return (
    <>
      <div className="row">
        <Link to={`/cases/${key}`}>{t('logbook.case', { key })}</Link>
        <span className="badge">{t(`case.state.${item.state}` as MessageKey)}</span>
        <span className="muted small">{item.processDefinitionId}</span>
      </div>
      <div>{t(item.about ? 'privacy.about' : 'privacy.notAbout')}</div>
      {fields.length > 0 && (
        <div className="small">
          {t('privacy.fields')}: {fields.join(', ')}
        </div>
      )}
      {places.length > 0 && (
        <div className="small">
          {t('privacy.places')}:{' '}
          {places.map((place, n) => (
            <span key={place}>
              {n > 0 && ', '}
              <PlaceName place={place} />
            </span>
          ))}
        </div>
      )}
      {item.about && <Stays reasons={item.stays} />}
    </>
  );
}

/** A place in words, with its name in the database: there may be several of a kind. */
function PlaceName({ place }: { place: string }) {
  const { t } = useI18n();
  const key = `privacy.table.${place.split('.')[0] ?? ''}`;
  return (
    <>
      {isMessageKey(key) && `${t(key)} `}
      <code className="muted small">{place}</code>
    </>
  );
}

function Stays({ reasons }: { reasons: CaseOfPerson['stays'] }) {
  const { pick, t } = useI18n();
  if (reasons.length === 0) return <span className="badge bad">{t('privacy.goes')}</span>;
  return (
    <ul className="plain-list">
      {reasons.map(({ code, th, en }) => (
        <li key={code}>
          <span className="badge warn">{t('privacy.stays')}</span> {pick(th, en)}
        </li>
      ))}
    </ul>
  );
}
