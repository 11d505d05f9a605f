/** The files of one field of a form: chosen or dropped, sent at once, shown, and taken out again. */
import { useEffect, useId, useRef, useState } from 'react';
import { LARGEST_FILE } from '../api/documents';
import type { DocumentReference } from '../api/types';
import { useI18n } from '../i18n';
import { FileDrop } from './FileDrop';
import { FileLine } from './FileLine';
import type { FileDesk } from './fileDesk';
import { kindsOf } from './kinds';
import { filesIn, type FileFacts } from './reference';

interface Props {
  /** of the control that an error leads to */
  id: string;
  label: string;
  description: string;
  value: unknown;
  errors: readonly string[];
  required: boolean;
  /** null: nothing can be added or removed */
  desk: FileDesk | null;
  accept: unknown;
  several: boolean;
  /** MiB, as the form says it */
  largest: string | undefined;
  onValue: (value: unknown[]) => void;
  onMoving: (moving: boolean) => void;
}

export function FileField({ id, label, description, value, errors, required, desk, ...rules }: Props) {
  const { t } = useI18n();
  const name = useId();
  const [said, setSaid] = useState('');
  const files = filesIn(value);
  // the form gives back what it is told a moment later: until then the next change must not go on from the old value
  const held = useRef(files);
  useEffect(() => {
    held.current = filesIn(value);
  }, [value]);

  function tell(next: typeof files): void {
    held.current = next;
    rules.onValue(next.map(({ reference }) => reference));
  }

  function arrived(reference: DocumentReference): void {
    const { fileName } = reference.metadata;
    const [replaced, others] = [
      held.current.filter(({ facts }) => !rules.several || facts.name === fileName),
      held.current.filter(({ facts }) => rules.several && facts.name !== fileName),
    ];
    tell([...others, ...filesIn(reference)]);
    replaced.forEach(({ facts }) => forget(facts));
    setSaid(t('files.arrived', { name: fileName }));
  }

  function remove(facts: FileFacts): void {
    tell(held.current.filter((each) => each.facts.documentId !== facts.documentId));
    forget(facts);
    setSaid(t('files.removed', { name: facts.name ?? t('files.unnamed') }));
    document.getElementById(id)?.focus();
  }

  function forget({ draft, documentId }: FileFacts): void {
    if (draft) void desk?.forget(documentId);
  }

  const mebibytes = Number(rules.largest);
  const limits = {
    kinds: kindsOf(rules.accept),
    largest: Math.min(LARGEST_FILE, mebibytes > 0 ? mebibytes * 1024 * 1024 : LARGEST_FILE),
    several: rules.several,
  };
  const described = { description: `${id}-description`, errors: `${id}-error-message` };
  return (
    <div role="group" aria-labelledby={name} aria-describedby={described.description}>
      <span id={name} className="fjs-form-field-label">
        {label}
        {required && (
          <span className="fjs-asterix" aria-hidden="true">
            *
          </span>
        )}
      </span>
      <ul className="plain-list file-list" aria-labelledby={name}>
        {files.map(({ facts }) => (
          <li key={facts.documentId}>
            <FileLine facts={facts} onRemove={desk && (() => remove(facts))} />
          </li>
        ))}
      </ul>
      {desk ? (
        <FileDrop
          id={id}
          desk={desk}
          rules={limits}
          labelledBy={name}
          describedBy={described.errors}
          isInvalid={errors.length > 0}
          onDone={arrived}
          onMoving={rules.onMoving}
        />
      ) : (
        files.length === 0 && <p className="muted">{t('files.none')}</p>
      )}
      <div id={described.description} className="fjs-form-field-description">
        {description}
      </div>
      <div id={described.errors} className="fjs-form-field-error">
        {errors.join(' ')}
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}
