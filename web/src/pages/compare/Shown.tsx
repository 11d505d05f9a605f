import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { ComparedDiagram, ModelChange, ModelComparison } from '../../api/modelComparisons';
import { DIFFERENCES, differencesOf, SIGNS, type Differences } from '../../diagram/differences';
import { Linked } from '../../diagram/linked';
import { useI18n } from '../../i18n';
import { ChangeList } from '../../parts/changes/ChangeList';
import { Choice } from '../../ui/Choice';
import { Loading } from '../../ui/Loading';

const Diagram = lazy(() => import('../../diagram/Diagram'));

/** The differences in words, and under them both drawings with the same places in view. */
export function Shown({ comparison }: { comparison: ModelComparison }) {
  const { t } = useI18n();
  const { diagrams, changes } = comparison;
  const [chosen, setChosen] = useState<string | null>(null);
  const [linked] = useState(() => new Linked());
  const drawings = useRef<HTMLElement>(null);
  const pair = diagrams.find(({ path }) => path === chosen) ?? diagrams.find(isDifferent) ?? diagrams[0];

  function show({ id }: ModelChange) {
    const drawn = (diagram: ComparedDiagram) => [diagram.before, diagram.after].some((xml) => xml?.includes(`"${id}"`));
    if (pair && !drawn(pair)) setChosen(diagrams.find(drawn)?.path ?? null);
    linked.show(id);
    drawings.current?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <>
      <section className="card" aria-labelledby="compare-changes">
        <h2 id="compare-changes">{t('compare.changes')}</h2>
        <ChangeList comparison={comparison} {...(pair && { onShow: show })} />
      </section>
      {pair && (
        <section className="card" aria-labelledby="compare-diagrams" ref={drawings}>
          <h2 id="compare-diagrams">{t('compare.diagrams')}</h2>
          {diagrams.length > 1 && (
            <Choice
              label={t('compare.diagram')}
              value={pair.path}
              options={diagrams.map(({ path }) => ({ value: path, label: path }))}
              onChange={setChosen}
            />
          )}
          <p className="muted small">{t('compare.linked')}</p>
          <Pair key={pair.path} pair={pair} changes={changes} linked={linked} />
          <Legend />
        </section>
      )}
    </>
  );
}

function isDifferent({ before, after }: ComparedDiagram): boolean {
  return before !== after;
}

interface PairProps {
  pair: ComparedDiagram;
  changes: readonly ModelChange[];
  linked: Linked;
}

function Pair({ pair: { path, before, after }, changes, linked }: PairProps) {
  const { t } = useI18n();
  const differences = useMemo(() => differencesOf(changes, before ?? '', after ?? ''), [changes, before, after]);
  return (
    <div className="compare-pair">
      <Drawing
        label={t('compare.before')}
        xml={before}
        name={t('compare.beforeOf', { name: path })}
        {...{ differences, linked }}
      />
      <Drawing
        label={t('compare.after')}
        xml={after}
        name={t('compare.afterOf', { name: path })}
        {...{ differences, linked }}
      />
    </div>
  );
}

interface DrawingProps {
  label: string;
  xml: string | null;
  name: string;
  differences: Differences;
  linked: Linked;
}

function Drawing({ label, xml, name, differences, linked }: DrawingProps) {
  const { t } = useI18n();
  const marks = useMemo(() => ({ active: [], taken: [], counts: {}, differences }), [differences]);
  return (
    <div className="compare-drawing">
      <h3>{label}</h3>
      {xml === null ? (
        <p className="muted">{t('compare.nothingThere')}</p>
      ) : (
        <Suspense fallback={<Loading />}>
          <Diagram xml={xml} name={name} marks={marks} linked={linked} />
        </Suspense>
      )}
    </div>
  );
}

function Legend() {
  const { t } = useI18n();
  return (
    <ul className="diagram-legend" aria-label={t('compare.legend')}>
      {DIFFERENCES.map((each) => (
        <li key={each}>
          <span className={`sample ${each}`} aria-hidden="true">
            {SIGNS[each]}
          </span>
          {t(`compare.${each}`)}
        </li>
      ))}
    </ul>
  );
}
