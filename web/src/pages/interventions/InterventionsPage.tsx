/** The register of interventions and waivers over all cases: what was asked for, why, who decided, and how. */
import { Link, useNavigate } from 'react-router-dom';
import { exportInterventions, KINDS, STATES, type RegisterQuery } from '../../api/interventionRegister';
import type { InterventionKind } from '../../api/types';
import { DayInput } from '../../forms/DayInput';
import { useI18n } from '../../i18n';
import { ProcessChoice } from '../../parts/ProcessChoice';
import { RegisterFound } from '../../parts/register/RegisterFound';
import { RegisterStates } from '../../parts/register/RegisterStates';
import { Choice } from '../../ui/Choice';
import { PageTitle } from '../../ui/PageTitle';
import { InterventionTable } from './InterventionTable';
import { useQuery, useRegister } from './useRegister';

interface QueryProps {
  query: RegisterQuery;
  changed: (part: Partial<RegisterQuery>) => string;
}

export default function InterventionsPage() {
  const { t } = useI18n();
  const [query, changed] = useQuery();
  return (
    <>
      <PageTitle>{t('asked.title')}</PageTitle>
      <p className="muted">
        {t('asked.hint')} <Link to="/search">{t('search.title')}</Link>
      </p>
      <RegisterStates
        label={t('asked.state')}
        states={[
          { state: null, name: t('checked.all') },
          ...STATES.map((state) => ({ state, name: t(`asked.state.${state}`) })),
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
  const change = (part: Partial<RegisterQuery>) => void navigate({ search: changed(part) }, { replace: true });
  return (
    <section className="register-filters" aria-label={t('checked.filters')}>
      <Choice
        label={t('asked.kind')}
        value={query.kind ?? ''}
        options={[
          { value: '', label: t('search.any') },
          ...KINDS.map((kind) => ({ value: kind as string, label: t(`asked.kind.${kind}`) })),
        ]}
        onChange={(kind) => change({ kind: (kind || null) as InterventionKind | null })}
      />
      <ProcessChoice
        label={t('search.process')}
        any={t('search.any')}
        value={query.process}
        onChange={(process) => change({ process })}
      />
      <DayInput id="asked-from" label={t('search.from')} day={query.from} onDay={(from) => change({ from })} />
      <DayInput id="asked-until" label={t('search.until')} day={query.until} onDay={(until) => change({ until })} />
    </section>
  );
}

function Found({ query }: { query: RegisterQuery }) {
  const { t } = useI18n();
  return (
    <RegisterFound
      found={useRegister(query)}
      none={t('asked.none')}
      table={(language) => exportInterventions(query, language)}
      file="interventions.csv"
    >
      {(items) => <InterventionTable items={items} />}
    </RegisterFound>
  );
}
