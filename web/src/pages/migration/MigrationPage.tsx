/** Migrate the running cases of a version: choose where from and where to, look what would happen, then have it done. */
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { casesByVersion } from '../../api/definitions';
import { getVersions } from '../../api/heat';
import { mayDraft, useMe } from '../../app/session';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { ProcessChoice } from '../../parts/ProcessChoice';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import './migration.css';
import { Planned } from './Planned';

export default function MigrationPage() {
  const { t } = useI18n();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const process = params.get('process');
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  const choose = (part: Record<string, string>) => setParams(part, { replace: true });
  return (
    <>
      <PageTitle>{t('migration.title')}</PageTitle>
      <p className="muted">{t('migration.what')}</p>
      <section className="card filter-line" aria-label={t('migration.choose')}>
        <ProcessChoice
          label={t('incidents.process')}
          any={t('migration.chooseProcess')}
          value={process}
          onChange={(id) => choose(id ? { process: id } : {})}
        />
        {process && (
          <Versions
            key={process}
            process={process}
            from={from}
            to={to}
            onChange={(part) => choose({ process, ...(from && { from }), ...(to && { to }), ...part })}
          />
        )}
      </section>
      {process && !mayDraft(me, process) && <p className="notice">{t('migration.notYours')}</p>}
      {from && to && from !== to && <Planned key={`${from}/${to}`} from={from} to={to} />}
    </>
  );
}

interface Props {
  process: string;
  from: string;
  to: string;
  onChange: (part: Record<string, string>) => void;
}

/** From which version to which; of each with how many running cases. */
function Versions({ process, from, to, onChange }: Props) {
  const { language, t } = useI18n();
  const found = useResource(
    useCallback(
      async (signal: AbortSignal) => {
        const [versions, work] = await Promise.all([getVersions(process, signal), casesByVersion(process, signal)]);
        return versions.map((each) => ({ ...each, work: work.get(each.processDefinitionKey) }));
      },
      [process],
    ),
  );
  if (found.error) return <Failure error={found.error} retry={found.reload} />;
  if (!found.data) return <Loading />;
  if (found.data.length < 2) return <p className="muted">{t('migration.oneVersion')}</p>;
  const options = found.data.map(({ processDefinitionKey: value, version, work }) => ({
    value,
    label: t('migration.version', {
      version: formatNumber(version, language),
      n: formatNumber(
        (work?.activeInstancesWithIncidentCount ?? 0) + (work?.activeInstancesWithoutIncidentCount ?? 0),
        language,
      ),
    }),
  }));
  const none = { value: '', label: t('migration.chooseVersion') };
  return (
    <>
      <Choice
        label={t('migration.from')}
        value={from}
        options={[none, ...options]}
        onChange={(value) => onChange({ from: value })}
      />
      <Choice
        label={t('migration.to')}
        value={to}
        options={[none, ...options.filter(({ value }) => value !== from)]}
        onChange={(value) => onChange({ to: value })}
      />
    </>
  );
}
