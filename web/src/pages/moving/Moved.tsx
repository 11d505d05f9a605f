/** What a move of many cases would do now, and having it done. */
import { useCallback, useMemo } from 'react';
import { askToMove, moveAll, previewMove, type Move } from '../../api/moving';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { DoneToMany } from '../../parts/foreseen/DoneToMany';
import { Foreseen } from '../../parts/foreseen/Foreseen';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';

export function Moved({ move, called }: { move: Move; called: (elementId: string) => string }) {
  const { language, t } = useI18n();
  const { definition, source, target } = move;
  const same = useMemo(() => ({ definition, source, target }), [definition, source, target]);
  const { data, error, reload } = useResource(useCallback((signal: AbortSignal) => previewMove(same, signal), [same]));
  if (error) return <Failure error={error} retry={reload} />;
  if (!data) return <Loading />;
  const { cases, faults, secondPerson } = data;
  return (
    <section className="card" aria-labelledby="moving-result">
      <h2 id="moving-result">{t('moving.result')}</h2>
      <Foreseen cases={cases} faults={faults} none={t('moving.noCases')} called={called} />
      <DoneToMany
        cases={cases}
        secondPerson={secondPerson}
        action={t('moving.do')}
        isDisabled={false}
        begin={(reason) => moveAll(same, reason)}
        ask={(reason, told) => askToMove(same, reason, told)}
        reload={reload}
      >
        <p>{t('moving.will', { n: formatNumber(cases.total, language), from: called(source), to: called(target) })}</p>
        <p className="muted small">{t('moving.own')}</p>
      </DoneToMany>
    </section>
  );
}
