/** A place to choose files or drop them, with what is on its way to the server and what was refused. */
import { useId } from 'react';
import { Button as AriaButton, DropZone, FileTrigger, ProgressBar } from 'react-aria-components';
import { problemText } from '../api/problem';
import type { DocumentReference } from '../api/types';
import { useI18n, type Language, type Translate } from '../i18n';
import { Button } from '../ui/Button';
import './files.css';
import { fileSize } from './fileSize';
import type { FileDesk } from './fileDesk';
import { isMoving, useUploads, type FileRules, type OnItsWay } from './useUploads';

interface Props {
  desk: FileDesk;
  rules: FileRules;
  /** the id of what the choice is for */
  labelledBy: string;
  describedBy?: string;
  /** of the button, for who puts the focus there */
  id?: string;
  isInvalid?: boolean;
  onDone: (reference: DocumentReference) => void;
  onMoving?: (moving: boolean) => void;
}

export function FileDrop({ desk, rules, labelledBy, describedBy, id, isInvalid = false, onDone, onMoving }: Props) {
  const { language, t } = useI18n();
  const own = useId();
  const button = id ?? own;
  const limits = `${button}-limits`;
  const uploads = useUploads(desk, rules, onDone, onMoving);
  return (
    <>
      <DropZone
        className={`file-drop ${isInvalid ? 'invalid' : ''}`}
        aria-labelledby={labelledBy}
        getDropOperation={() => 'copy'}
        onDrop={(event) => {
          const files = event.items.flatMap((item) => (item.kind === 'file' ? [item.getFile()] : []));
          void Promise.all(files).then(uploads.add);
        }}
      >
        <FileTrigger
          allowsMultiple={rules.several}
          {...(rules.kinds.length > 0 && { acceptedFileTypes: rules.kinds })}
          onSelect={(chosen) => uploads.add([...(chosen ?? [])])}
        >
          <AriaButton
            id={button}
            className="button normal small"
            aria-labelledby={`${button} ${labelledBy}`}
            aria-describedby={describedBy ? `${limits} ${describedBy}` : limits}
          >
            {t('files.choose')}
          </AriaButton>
        </FileTrigger>
        <span className="file-drop-hint muted small wide-only">{t('files.drop')}</span>
        <p id={limits} className="muted small">
          {limitsText(rules, language, t)}
        </p>
      </DropZone>
      <ul className="plain-list file-list" aria-live="polite">
        {uploads.items.map((item) => (
          <Moving
            key={item.key}
            item={item}
            rules={rules}
            again={() => uploads.again(item)}
            drop={() => uploads.drop(item.key)}
          />
        ))}
      </ul>
    </>
  );
}

function limitsText({ kinds, largest, several }: FileRules, language: Language, t: Translate): string {
  const parts = [
    kinds.length > 0 ? t('files.kinds', { kinds: kindNames(kinds, t) }) : '',
    t('files.largest', { size: fileSize(largest, language) }),
    t(several ? 'files.several' : 'files.one'),
  ];
  return parts.filter(Boolean).join(' · ');
}

function kindNames(kinds: readonly string[], t: Translate): string {
  const names = kinds.map((kind) => (kind === 'image/*' ? t('files.pictures') : kind.replace(/^\./, '').toUpperCase()));
  return names.join(', ');
}

interface MovingProps {
  item: OnItsWay;
  rules: FileRules;
  again: () => void;
  drop: () => void;
}

function Moving({ item, rules, again, drop }: MovingProps) {
  const { language, t } = useI18n();
  const { name } = item.file;
  if (isMoving(item)) {
    return (
      <li className="file-line">
        <ProgressBar className="file-progress" value={item.part * 100} aria-label={t('files.moving', { name })}>
          {({ percentage = 0 }) => (
            <>
              <span className="file-name">{name}</span>
              <span className="file-bar" aria-hidden="true">
                <span style={{ width: `${percentage}%` }} />
              </span>
            </>
          )}
        </ProgressBar>
        <Button small aria-label={t('files.stopOne', { name })} onPress={drop}>
          {t('files.stop')}
        </Button>
      </li>
    );
  }
  const why = item.refused ? refusedText(item.refused, rules, language, t) : problemText(item.error, language, t);
  return (
    <li className="file-line notice danger">
      <span>
        <span className="file-name">{name}</span>
        <span className="file-why"> {why}</span>
      </span>
      <span className="row">
        {item.refused === null && (
          <Button small aria-label={t('files.againOne', { name })} onPress={again}>
            {t('files.again')}
          </Button>
        )}
        <Button small onPress={drop}>
          {t('files.dismiss')}
        </Button>
      </span>
    </li>
  );
}

function refusedText(
  refused: NonNullable<OnItsWay['refused']>,
  { kinds, largest }: FileRules,
  language: Language,
  t: Translate,
): string {
  switch (refused) {
    case 'kind':
      return t('files.kind', { kinds: kindNames(kinds, t) });
    case 'size':
      return t('files.size', { size: fileSize(largest, language) });
    case 'empty':
      return t('files.empty');
    default:
      return t('files.onlyOne');
  }
}
