/** The way of a scenario on the diagram; with none chosen, the ways of all, and what none of them went through. */
import { lazy, Suspense, useMemo, useState } from 'react';
import { formatNumber } from '../../dates/format';
import { namesOf } from '../../diagram/names';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { Loading } from '../../ui/Loading';
import { endsOf } from '../heat/flowEnds';
import { elementName, marksOf } from './marking';
import type { Played } from './Scenarios';
import type { DraftDiagram } from './useDiagrams';

const Diagram = lazy(() => import('../../diagram/Diagram'));

/** A longer list is folded. */
const FEW = 12;

interface Props {
  diagrams: readonly DraftDiagram[];
  played: Played;
  /** the file of the chosen scenario */
  chosen: string | null;
}

export function Path({ diagrams, played, chosen }: Props) {
  const { t } = useI18n();
  const [file, setFile] = useState('');
  const diagram = diagrams.find(({ path }) => path === file) ?? diagrams[0];
  if (!diagram) return null;
  return (
    <section aria-labelledby="trial-path">
      <h2 id="trial-path">{t(chosen === null ? 'trial.allPaths' : 'trial.path')}</h2>
      {diagrams.length > 1 && (
        <Choice
          label={t('trial.diagram')}
          value={diagram.path}
          options={diagrams.map(({ path }) => ({ value: path, label: path }))}
          onChange={setFile}
        />
      )}
      <Drawn diagram={diagram} played={played} chosen={chosen} />
    </section>
  );
}

function Drawn({ diagram, played, chosen }: { diagram: DraftDiagram; played: Played; chosen: string | null }) {
  const { t } = useI18n();
  const { xml, processes } = diagram;
  const ends = useMemo(() => endsOf(xml), [xml]);
  const marks = useMemo(() => {
    const outcomes = Object.values(played.outcomes).filter(({ path }) => chosen === null || path === chosen);
    const covered = chosen === null ? played.coverage : [];
    const missed = covered.filter(({ path }) => path === diagram.path).flatMap(({ missing }) => missing);
    const waiting = chosen === null ? [] : outcomes.flatMap((outcome) => outcome.waiting);
    return marksOf({ taken: outcomes.flatMap(({ taken }) => taken), waiting, missed }, processes, ends);
  }, [played, chosen, diagram.path, processes, ends]);
  return (
    <>
      <Suspense fallback={<Loading />}>
        <Diagram xml={xml} name={diagram.path} marks={marks} />
      </Suspense>
      <ul className="diagram-legend" aria-label={t('trial.legend')}>
        <li>
          <span className="sample taken" /> {t('trial.legendTaken')}
        </li>
        <li>
          <span className="sample active" /> {t('trial.legendWaiting')}
        </li>
        <li>
          <span className="sample missed" /> {t('trial.legendMissed')}
        </li>
      </ul>
      {chosen === null && <Missing diagram={diagram} played={played} />}
    </>
  );
}

function Missing({ diagram: { path, xml }, played }: { diagram: DraftDiagram; played: Played }) {
  const { language, pick, t } = useI18n();
  const covered = played.coverage.filter((each) => each.path === path);
  const names = useMemo(() => namesOf(xml), [xml]);
  const ends = useMemo(() => endsOf(xml), [xml]);
  return covered.map(({ processDefinitionId, reached, total, missing }) => (
    <div key={processDefinitionId}>
      <p>{t('trial.covered', { reached: formatNumber(reached, language), total: formatNumber(total, language) })}</p>
      {missing.length > 0 && (
        <details open={missing.length <= FEW}>
          <summary>{t('trial.missing', { n: formatNumber(missing.length, language) })}</summary>
          <ul className="trial-missing">
            {missing.map((id) => (
              <li key={id}>{elementName(id, names, ends, pick)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  ));
}
