/** The scenarios of a draft: played, each with what came of it, the way drawn on the diagram, the text to be changed. */
import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { tryDraft, type Coverage, type Outcome } from '../../api/draftTrials';
import { putFile, type ModelDraft } from '../../api/modelDrafts';
import { now } from '../../dates/clock';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Empty } from '../../ui/Empty';
import { Failure } from '../../ui/Failure';
import { useAnnounce } from '../../ui/Announcer';
import { useAct } from '../../ui/useAct';
import { freePath, isScenario, sample } from './files';
import { Path } from './Path';
import { ScenarioFile } from './ScenarioFile';
import type { DraftDiagram } from './useDiagrams';

interface Props {
  draft: ModelDraft;
  diagrams: readonly DraftDiagram[];
  reload: () => void;
}

export interface Played {
  outcomes: Readonly<Record<string, Outcome>>;
  coverage: readonly Coverage[];
}

const NOTHING: Played = { outcomes: {}, coverage: [] };

export function Scenarios({ draft, diagrams, reload }: Props) {
  const { t } = useI18n();
  const { working, act } = useAct();
  const trial = useTrial(draft.draftKey);
  const [chosen, setChosen] = useState<string | null>(null);
  const paths = draft.files.map(({ path }) => path);
  const scenarios = paths.filter(isScenario);
  const path = chosen !== null && scenarios.includes(chosen) ? chosen : null;
  const open = draft.state === 'OPEN';

  async function add() {
    const diagram = diagrams[0];
    const fresh = freePath(diagram?.path ?? '', paths);
    const content = sample(diagram?.processes[0] ?? '', new Date(now()));
    await putFile(draft.draftKey, { path: fresh, content, revision: null });
    setChosen(fresh);
    reload();
    return t('trial.added');
  }

  return (
    <>
      <div className="row">
        {scenarios.length > 0 && (
          <Button kind="primary" isDisabled={trial.playing} onPress={() => void trial.play()}>
            {trial.playing ? t('trial.playing') : t('trial.playAll')}
          </Button>
        )}
        {open && (
          <Button isDisabled={working} onPress={() => void act(add)}>
            {t('trial.add')}
          </Button>
        )}
      </div>
      {trial.error !== null && <Failure error={trial.error} />}
      {scenarios.length === 0 ? (
        <Empty title={t('trial.none')} hint={t('trial.noneHint')} />
      ) : (
        <ul className="plain-list trial-list" aria-label={t('trial.scenarios')}>
          {scenarios.map((each) => (
            <li key={each}>
              <ToggleButton
                className="trial-choice"
                isSelected={each === path}
                onChange={(on) => setChosen(on ? each : null)}
              >
                <Line path={each} outcome={trial.played.outcomes[each] ?? null} />
              </ToggleButton>
            </li>
          ))}
        </ul>
      )}
      <Path diagrams={diagrams} played={trial.played} chosen={path} />
      {path !== null && (
        <ScenarioFile
          key={path}
          draft={draft}
          path={path}
          outcome={trial.played.outcomes[path] ?? null}
          playing={trial.playing}
          play={() => trial.play(path)}
          onGone={reload}
        />
      )}
    </>
  );
}

function Line({ path, outcome }: { path: string; outcome: Outcome | null }) {
  const { language, pick, t } = useI18n();
  const file = path.slice(path.lastIndexOf('/') + 1);
  const state = outcome === null ? 'unplayed' : outcome.passed ? 'passed' : 'failed';
  const look = { unplayed: '', passed: 'good', failed: 'bad' }[state];
  return (
    <>
      <span className={`badge ${look}`}>{t(`trial.${state}`)}</span>
      <span>
        {(outcome && pick(outcome.title.th, outcome.title.en)) || file}
        <span className="muted small trial-file">{file}</span>
      </span>
      {outcome?.step ? (
        <span className="small">{t('trial.atStep', { n: formatNumber(outcome.step, language) })}</span>
      ) : null}
    </>
  );
}

/** Plays all scenarios or one; what came of the others stays. */
function useTrial(draftKey: string) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [played, setPlayed] = useState(NOTHING);
  const [playing, setPlaying] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function play(path?: string) {
    setPlaying(true);
    setError(null);
    try {
      const found = await tryDraft(draftKey, path);
      const coverage = path === undefined ? found.coverage : null;
      setPlayed((before) => ({
        outcomes: { ...(coverage ? {} : before.outcomes), ...byPath(found.scenarios) },
        coverage: coverage ?? before.coverage,
      }));
      const passed = found.scenarios.filter((each) => each.passed).length;
      const count = { passed: formatNumber(passed, language), n: formatNumber(found.scenarios.length, language) };
      announce(t('trial.result', count));
    } catch (problem) {
      setError(problem);
    } finally {
      setPlaying(false);
    }
  }

  return { played, playing, error, play };
}

function byPath(outcomes: readonly Outcome[]): Record<string, Outcome> {
  return Object.fromEntries(outcomes.map((outcome) => [outcome.path, outcome]));
}
