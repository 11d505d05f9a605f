/** What a decision says of itself and what it requires: the requirements graph, as lists. */
import { Group } from 'react-aria-components';
import { useI18n } from '../i18n';
import { BothTexts } from '../modeler/panel/BothTexts';
import { Committed } from '../modeler/panel/Committed';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import * as edits from './decisionEdits';
import type { DecisionEditor } from './editor';
import { bothOf, inLanguage, joined } from './labels';
import type { Decision, DecisionFile } from './model';

interface Props {
  editor: DecisionEditor;
  decision: Decision;
  file: DecisionFile;
  /** Opens another decision of the file. */
  onShow: (id: string) => void;
}

export function About({ editor, decision, file, onShow }: Props) {
  const { language, t } = useI18n();
  const { id, requires } = decision;
  const linked = new Set(requires.map(({ href }) => href));
  const others = file.decisions.filter((each) => each.id !== id && !linked.has(`#${each.id}`));
  const needing = file.decisions.filter((each) => each.requires.some(({ href }) => href === `#${id}`));
  return (
    // what is being typed belongs to the decision: another has fields of its own
    <section key={id} className="card" aria-labelledby="about-title">
      <h2 id="about-title">{t('dmn.about')}</h2>
      <p className="muted small">{id}</p>
      <Committed
        label={t('dmn.name')}
        value={decision.name}
        maxLength={256}
        onCommit={(name) => editor.change((each) => edits.renameDecision(each, id, name))}
      />
      <BothTexts
        label={t('panel.documentation')}
        value={bothOf(decision.description)}
        onCommit={(texts) => editor.change((each) => edits.describeDecision(each, id, joined(texts)))}
      />
      <h3>{t('dmn.requires')}</h3>
      {requires.length === 0 && <p className="muted">{t('dmn.requires.none')}</p>}
      <ul className="plain-list panel-chosen">
        {requires.map(({ kind, href, name }) => (
          <li key={href}>
            <span>
              {inLanguage(name, language)} <span className="muted small">{t(`dmn.kind.${kind}`)}</span>
            </span>
            <Group className="row" aria-label={name}>
              {kind === 'decision' && href.startsWith('#') && (
                <Button small onPress={() => onShow(href.slice(1))} aria-label={t('dmn.open', { name })}>
                  {t('dmn.open.short')}
                </Button>
              )}
              <Button
                small
                aria-label={t('dmn.requires.remove', { name })}
                onPress={() => editor.change((each) => edits.removeRequirement(each, id, href))}
              >
                {t('dmn.requires.removeShort')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <Choice
          label={t('dmn.requires.add')}
          value=""
          options={[
            { value: '', label: t('panel.choose') },
            ...others.map((each) => ({ value: each.id, label: inLanguage(each.name, language) })),
          ]}
          onChange={(required) => required && editor.change((each) => edits.addRequirement(each, id, required))}
        />
      )}
      {needing.length > 0 && (
        <p className="small">
          {t('dmn.neededBy', { names: needing.map(({ name }) => inLanguage(name, language)).join(', ') })}
        </p>
      )}
    </section>
  );
}
