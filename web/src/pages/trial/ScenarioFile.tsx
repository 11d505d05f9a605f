/** The text of a scenario, changed where it is read and saved as it is changed; what is wrong with it stands by its line. */
import { useCallback, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { Problem } from '../../api/client';
import type { Outcome } from '../../api/draftTrials';
import { deleteFile, getFileContent, type FileContent, type ModelDraft } from '../../api/modelDrafts';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useAct } from '../../ui/useAct';
import { useResource } from '../../ui/useResource';
import { Saving } from '../draft/Saving';
import { useLeaving } from '../draft/useLeaving';
import { lineAt } from './lines';
import { TypedFile } from './typedFile';

interface Props {
  draft: ModelDraft;
  path: string;
  outcome: Outcome | null;
  playing: boolean;
  play: () => Promise<void>;
  /** The file is not there any more. */
  onGone: () => void;
}

export function ScenarioFile(props: Props) {
  const { draftKey } = props.draft;
  const { path } = props;
  const { t } = useI18n();
  const file = useResource(
    useCallback((signal: AbortSignal) => getFileContent(draftKey, path, signal), [draftKey, path]),
  );
  return (
    <section aria-labelledby="trial-file">
      <h2 id="trial-file">{t('trial.text')}</h2>
      {Boolean(file.error) && <Failure error={file.error} retry={file.reload} />}
      {file.data ? <Text key={file.data.revision} {...props} file={file.data} again={file.reload} /> : <Loading />}
    </section>
  );
}

/** Lines that are shown above the one that is led to. */
const ABOVE = 4;
const NOT_SAVED = { type: 'about:blank', title: '', status: 0, code: 'scenario-not-saved', detail: '', instance: '' };

function Text({
  draft,
  path,
  outcome,
  playing,
  play,
  onGone,
  file,
  again,
}: Props & { file: FileContent; again: () => void }) {
  const { t } = useI18n();
  const id = useId();
  const { draftKey } = draft;
  const open = draft.state === 'OPEN';
  const place = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(file.content);
  const [typed] = useState(() => new TypedFile(draftKey, file));
  const { saver } = typed;
  const saving = useSyncExternalStore(saver.subscribe, saver.snapshot);
  const { working, act } = useAct();
  useLeaving(saving.kind !== 'saved', saver);
  useEffect(() => () => saver.close(), [saver]);

  const settle = async () => {
    if (!(await saver.settled())) throw new Problem(NOT_SAVED);
    return '';
  };
  const replay = async () => {
    if (await saver.settled()) await play();
    else await act(settle);
  };
  const remove = () =>
    act(async () => {
      await settle();
      await deleteFile(draftKey, path, saver.snapshot().revision);
      onGone();
      return t('trial.removed');
    });
  function show(line: number) {
    const at = lineAt(text, line);
    const { current } = place;
    if (!current) return;
    current.focus();
    current.setSelectionRange(at.from, at.to);
    current.scrollTop = (line - ABOVE) * (parseFloat(getComputedStyle(current).lineHeight) || 0);
  }

  return (
    <>
      <div className="row">
        <Button kind="primary" isDisabled={playing || working} onPress={() => void replay()}>
          {t('trial.playOne')}
        </Button>
        {open && (
          <Button isDisabled={working} onPress={() => void remove()}>
            {t('trial.remove')}
          </Button>
        )}
        {open && <Saving state={saving} draftKey={draftKey} onTheirs={again} onMine={saver.saveOver} />}
      </div>
      {outcome && <Reasons outcome={outcome} show={show} />}
      <div className="field">
        <label htmlFor={id}>{path}</label>
        <textarea
          id={id}
          ref={place}
          className="trial-text"
          rows={16}
          spellCheck={false}
          readOnly={!open}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            typed.type(target.value);
          }}
        />
        <p className="hint">{t('trial.textHint')}</p>
      </div>
    </>
  );
}

function Reasons({ outcome, show }: { outcome: Outcome; show: (line: number) => void }) {
  const { language, pick, t } = useI18n();
  if (outcome.passed) return <p className="notice">{t('trial.held')}</p>;
  const step = outcome.step
    ? t('trial.failedAt', { n: formatNumber(outcome.step, language) })
    : t('trial.failedAtStart');
  return (
    <div className="notice danger">
      <p>{step}</p>
      <ul>
        {outcome.reasons.map(({ line: own, message }, index) => {
          const line = own ?? outcome.line;
          return (
            <li key={index}>
              {pick(message.th, message.en)}{' '}
              {line !== null && (
                <Button small onPress={() => show(line)}>
                  {t('trial.line', { n: formatNumber(line, language) })}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
