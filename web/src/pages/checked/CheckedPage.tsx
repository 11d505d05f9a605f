/** The register of control points as they were worked over all cases: those that failed, were waived or passed. */
import { useNavigate } from 'react-router-dom';
import { exportChecked, RESULTS, type CheckedQuery } from '../../api/checked';
import { DayInput } from '../../forms/DayInput';
import { useI18n } from '../../i18n';
import { PeoplePicker } from '../../parts/PeoplePicker';
import { ProcessChoice } from '../../parts/ProcessChoice';
import { RegisterFound } from '../../parts/register/RegisterFound';
import { RegisterStates } from '../../parts/register/RegisterStates';
import { Button } from '../../ui/Button';
import { PageTitle } from '../../ui/PageTitle';
import { usePersonName } from '../../ui/names';
import { CheckedTable } from './CheckedTable';
import { useChecked, useQuery } from './useChecked';

interface QueryProps {
  query: CheckedQuery;
  changed: (part: Partial<CheckedQuery>) => string;
}

export default function CheckedPage() {
  const { t } = useI18n();
  const [query, changed] = useQuery();
  return (
    <>
      <PageTitle>{t('checked.title')}</PageTitle>
      <RegisterStates
        label={t('checked.result')}
        states={[
          { state: null, name: t('checked.all') },
          ...RESULTS.map((state) => ({ state, name: t(`control.${state}`) })),
        ]}
        current={query.state}
        searchOf={(state) => changed({ state })}
      />
      <Filters query={query} changed={changed} />
      <Found query={query} />
    </>
  );
}

function Filters({ query, changed }: QueryProps) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const change = (part: Partial<CheckedQuery>) => void navigate({ search: changed(part) }, { replace: true });
  return (
    <section className="register-filters" aria-label={t('checked.filters')}>
      <ProcessChoice
        label={t('search.process')}
        any={t('search.any')}
        value={query.process}
        onChange={(process) => change({ process })}
      />
      <PeoplePicker
        label={t('checked.by')}
        chosen={query.person}
        onChoose={(person) => {
          if (person !== null) change({ person });
        }}
      />
      <DayInput id="checked-from" label={t('search.from')} day={query.from} onDay={(from) => change({ from })} />
      <DayInput id="checked-until" label={t('search.until')} day={query.until} onDay={(until) => change({ until })} />
      {query.person && <ByPerson username={query.person} onEnd={() => change({ person: null })} />}
    </section>
  );
}

function ByPerson({ username, onEnd }: { username: string; onEnd: () => void }) {
  const { t } = useI18n();
  const text = `${t('checked.by')}: ${usePersonName(username)}`;
  return (
    <Button small onPress={onEnd} aria-label={t('search.without', { condition: text })}>
      {text} <span aria-hidden="true">✕</span>
    </Button>
  );
}

function Found({ query }: { query: CheckedQuery }) {
  const { t } = useI18n();
  return (
    <RegisterFound
      found={useChecked(query)}
      none={t('checked.none')}
      table={(language) => exportChecked(query, language)}
      file="control-points.csv"
    >
      {(items) => <CheckedTable items={items} />}
    </RegisterFound>
  );
}
