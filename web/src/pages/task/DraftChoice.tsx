/** Two drafts of one person: one in this browser, a later one on the server. Neither goes before one is chosen. */
import type { Draft } from '../../api/types';
import { forgetHere, keepHere, type KeptDraft } from '../../app/keptDrafts';
import { formatMoment } from '../../dates/format';
import { valueAt, type FieldInfo } from '../../forms/schema';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { shownValue } from '../../ui/values';

interface Props {
  here: KeptDraft;
  /** null: the draft that this goes on from was discarded elsewhere */
  there: Draft | null;
  fields: readonly FieldInfo[];
  /** one was chosen: what the form is opened with is to be read anew */
  chosen: () => void;
}

export function DraftChoice({ here, there, fields, chosen }: Props) {
  const { language, pick, t } = useI18n();
  const theirs = there?.variables ?? {};
  const value = (values: object, path: string) => {
    const found = valueAt(values, path);
    return found === undefined || found === '' ? '–' : shownValue(found, language);
  };
  const different = fields.filter(({ path }) => value(here.values, path) !== value(theirs, path));

  return (
    <section className="notice warn" aria-labelledby="draft-choice">
      <h3 id="draft-choice">{t('draft.choice')}</h3>
      <p>
        {t('draft.choiceHere', { date: formatMoment(here.since, language) })}{' '}
        {there ? t('draft.choiceThere', { date: formatMoment(there.savedAt, language) }) : t('draft.choiceGone')}
      </p>
      {different.length > 0 && (
        <table className="draft-differences">
          <thead>
            <tr>
              <th scope="col">{t('draft.field')}</th>
              <th scope="col">{t('draft.inBrowser')}</th>
              <th scope="col">{t('draft.onServer')}</th>
            </tr>
          </thead>
          <tbody>
            {different.map(({ path, label }) => (
              <tr key={path}>
                <th scope="row">{pick(label.th, label.en)}</th>
                <td>{value(here.values, path)}</td>
                <td>{value(theirs, path)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="row">
        <Button
          kind="primary"
          onPress={() => void keepHere({ ...here, base: there?.savedAt ?? null, sent: null }).then(chosen)}
        >
          {t('draft.takeHere')}
        </Button>
        <Button onPress={() => void forgetHere(here).then(chosen)}>{t('draft.takeThere')}</Button>
      </div>
    </section>
  );
}
