/** Move many cases by hand: choose where they wait and where they go on, look what would happen, then have it done. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { getXml } from '../../api/definitions';
import { getVersions } from '../../api/heat';
import { standingAt } from '../../api/moving';
import { mayDraft, useMe } from '../../app/session';
import { formatNumber } from '../../dates/format';
import { nameOf, namesOf } from '../../diagram/names';
import { placesOf } from '../../diagram/nodes';
import { useI18n } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { ProcessChoice } from '../../parts/ProcessChoice';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Moved } from './Moved';

type Chosen = Partial<Record<'process' | 'version' | 'from' | 'to', string>>;

export default function MovingPage() {
  const { t } = useI18n();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const process = params.get('process');
  const version = params.get('version') ?? '';
  const choose = (chosen: Chosen) => setParams(chosen, { replace: true });
  return (
    <>
      <PageTitle>{t('moving.title')}</PageTitle>
      <p className="muted">{t('moving.what')}</p>
      <section className="card filter-line" aria-label={t('moving.choose')}>
        <ProcessChoice
          label={t('incidents.process')}
          any={t('migration.chooseProcess')}
          value={process}
          onChange={(id) => choose(id ? { process: id } : {})}
        />
        {process && (
          <Version
            key={process}
            process={process}
            value={version}
            onChange={(key) => choose({ process, ...(key && { version: key }) })}
          />
        )}
      </section>
      {process && !mayDraft(me, process) && <p className="notice">{t('modification.notYours')}</p>}
      {process && version && mayDraft(me, process) && (
        <Places
          key={version}
          definition={version}
          from={params.get('from') ?? ''}
          to={params.get('to') ?? ''}
          onChange={(from, to) => choose({ process, version, ...(from && { from }), ...(to && { to }) })}
        />
      )}
    </>
  );
}

function Version(props: { process: string; value: string; onChange: (key: string) => void }) {
  const { language, t } = useI18n();
  const { process, value, onChange } = props;
  const found = useResource(useCallback((signal: AbortSignal) => getVersions(process, signal), [process]));
  if (found.error) return <Failure error={found.error} retry={found.reload} />;
  if (!found.data) return <Loading />;
  const options = found.data.map(({ processDefinitionKey: key, version }) => ({
    value: key,
    label: t('process.version', { version: formatNumber(version, language) }),
  }));
  return (
    <Choice
      label={t('moving.version')}
      value={value}
      options={[{ value: '', label: t('migration.chooseVersion') }, ...options]}
      onChange={onChange}
    />
  );
}

interface Props {
  definition: string;
  /** ids of elements; empty: not chosen */
  from: string;
  to: string;
  onChange: (from: string, to: string) => void;
}

/** Where cases wait, and where they may go on: in two lists, or by clicking on the diagram. */
function Places({ definition, from, to, onChange }: Props) {
  const { language, pick, t } = useI18n();
  const { data, error, reload } = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [standing, xml] = await Promise.all([standingAt(definition, signal), getXml(definition)]);
        const places = placesOf(xml);
        return { standing: [...standing].filter(([id]) => places.includes(id)), places, names: namesOf(xml) };
      },
      [definition],
    ),
  );
  const marks = useMemo(
    () => ({
      active: (data?.standing ?? []).map(([id]) => id),
      taken: [],
      counts: Object.fromEntries((data?.standing ?? []).filter(([id]) => id !== from && id !== to)),
      heat: {
        ...(from && { [from]: { level: 4, text: t('modification.mark.end') } }),
        ...(to && { [to]: { level: 1, text: t('modification.mark.begin') } }),
      },
    }),
    [data, from, to, t],
  );
  if (error) return <Failure error={error} retry={reload} />;
  if (!data) return <Loading />;
  const { standing, places, names } = data;
  if (standing.length === 0) return <p className="notice">{t('moving.nobody')}</p>;
  const called = (id: string) => nameOf(names, id, pick);
  const waits = (id: string) => standing.some(([each]) => each === id);
  const none = { value: '', label: t('modification.choose') };
  const onPick = (id: string) => {
    if (waits(id) && !from) onChange(id, to === id ? '' : to);
    else if (id === from) onChange('', to);
    else if (places.includes(id)) onChange(from, id === to ? '' : id);
  };
  return (
    <>
      <section className="card filter-line" aria-label={t('moving.chooseSteps')}>
        <Choice
          label={t('moving.source')}
          value={from}
          options={[
            none,
            ...standing.map(([id, n]) => ({
              value: id,
              label: t('moving.standing', { name: called(id), n: formatNumber(n, language) }),
            })),
          ]}
          onChange={(id) => onChange(id, id === to ? '' : to)}
        />
        <Choice
          label={t('moving.target')}
          value={to}
          options={[none, ...places.filter((id) => id !== from).map((id) => ({ value: id, label: called(id) }))]}
          onChange={(id) => onChange(from, id)}
        />
      </section>
      {from && to && <Moved key={`${from}/${to}`} move={{ definition, source: from, target: to }} called={called} />}
      <section className="card" aria-labelledby="moving-diagram">
        <h2 id="moving-diagram">{t('moving.diagram')}</h2>
        <p className="muted">{t('moving.pick')}</p>
        <CaseDiagram definitionKey={definition} name={t('moving.diagram')} marks={marks} onPick={onPick} />
      </section>
    </>
  );
}
