/** Narrow the register by process, unit, kind and period; and take it away as a table. */
import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import { exportDeadlines, type DeadlineQuery } from '../../api/deadlines';
import { getLatest } from '../../api/definitions';
import { getUnits } from '../../api/directory';
import { problemText } from '../../api/problem';
import { saveTable } from '../../api/save';
import { DayInput } from '../../forms/DayInput';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { useResource } from '../../ui/useResource';

interface Props {
  query: DeadlineQuery;
  changed: (part: Partial<DeadlineQuery>) => string;
}

export function ClockFilters({ query, changed }: Props) {
  const { pick, t } = useI18n();
  const navigate = useNavigate();
  const processes = useResource(useCallback((signal: AbortSignal) => getLatest(signal), []));
  const units = useResource(useCallback((signal: AbortSignal) => getUnits(signal), []));
  const change = (part: Partial<DeadlineQuery>) => void navigate({ search: changed(part) }, { replace: true });
  const any = { value: '', label: t('clocks.any') };
  return (
    <section className="clock-filters" aria-label={t('clocks.filters')}>
      <Choice
        label={t('clocks.process')}
        value={query.process ?? ''}
        options={[
          any,
          ...(processes.data ?? []).map((each) => ({
            value: each.processDefinitionId,
            label: pick(each.name, each.nameEn) || each.processDefinitionId,
          })),
        ]}
        onChange={(process) => change({ process })}
      />
      <Choice
        label={t('clocks.unit')}
        value={query.unit ?? ''}
        options={[
          any,
          ...(units.data ?? []).map((each) => ({ value: each.groupId, label: pick(each.name, each.nameEn) })),
        ]}
        onChange={(unit) => change({ unit })}
      />
      <Choice
        label={t('clocks.kind')}
        value={query.kind ?? ''}
        options={[
          any,
          { value: 'statutory', label: t('deadline.statutory') },
          { value: 'internal', label: t('deadline.internal') },
        ]}
        onChange={(kind) => change({ kind: kind === '' ? null : (kind as DeadlineQuery['kind']) })}
      />
      <DayInput id="due-from" label={t('clocks.from')} day={query.from} onDay={(from) => change({ from })} />
      <DayInput id="due-until" label={t('clocks.until')} day={query.until} onDay={(until) => change({ until })} />
      <Export query={query} />
    </section>
  );
}

function Export({ query }: { query: DeadlineQuery }) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  async function save() {
    try {
      saveTable(await exportDeadlines(query, language), 'deadlines.csv');
      announce(t('clocks.exported'));
    } catch (error) {
      announce(problemText(error, language, t));
    }
  }
  return <Button onPress={() => void save()}>{t('clocks.export')}</Button>;
}
