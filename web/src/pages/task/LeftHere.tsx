/** What one typed into a form that one cannot fill in any more, and that the server never got: to read and to copy. */
import { useCallback, useId } from 'react';
import { forgetHere, keptHere } from '../../app/keptDrafts';
import { inTheNameOf, useMe } from '../../app/session';
import { formatMoment } from '../../dates/format';
import { isFilled, valueAt } from '../../forms/schema';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { useResource } from '../../ui/useResource';
import { shownValue } from '../../ui/values';

export function LeftHere({ taskKey }: { taskKey: string }) {
  const { language, pick, t } = useI18n();
  const title = useId();
  const me = useMe();
  const inNameOf = inTheNameOf(me);
  const kept = useResource(
    useCallback(() => keptHere({ username: me.username, inNameOf, taskKey }), [me.username, inNameOf, taskKey]),
  );
  if (!kept.data) return null;
  const draft = kept.data;
  const lines = draft.labels
    .map(({ path, label }) => ({ path, name: pick(label.th, label.en), value: valueAt(draft.values, path) }))
    .filter(({ value }) => isFilled(value))
    .map((line) => ({ ...line, text: shownValue(line.value, language) }));
  return (
    <section className="notice warn" aria-labelledby={title}>
      <h3 id={title}>{t('draft.left')}</h3>
      <p>{t('draft.leftHint', { date: formatMoment(draft.since, language) })}</p>
      <dl>
        {lines.map(({ path, name, text }) => (
          <div key={path}>
            <dt>{name}</dt>
            <dd className="draft-text">{text}</dd>
          </div>
        ))}
      </dl>
      <div className="row">
        <CopyButton label={t('draft.copy')} text={lines.map(({ name, text }) => `${name}: ${text}`).join('\n')} />
        <Button onPress={() => void forgetHere(draft).then(kept.reload)}>{t('draft.forget')}</Button>
      </div>
    </section>
  );
}
