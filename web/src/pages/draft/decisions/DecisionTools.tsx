import { useState } from 'react';
import { Group } from 'react-aria-components';
import { addDecision, removeDecision, type Logic } from '../../../decisions/decisionEdits';
import type { DecisionEditor } from '../../../decisions/editor';
import { inLanguage } from '../../../decisions/labels';
import type { Decision, DecisionFile } from '../../../decisions/model';
import { useI18n } from '../../../i18n';
import { ActionDialog } from '../../../ui/ActionDialog';
import { useAnnounce } from '../../../ui/Announcer';
import { Button } from '../../../ui/Button';
import { Choice } from '../../../ui/Choice';
import { NameFields, wrongId } from './NameFields';

interface Props {
  editor: DecisionEditor;
  file: DecisionFile;
  decision: Decision | undefined;
  onOpen: (id: string) => void;
}

/** Which decision of the file is open; decisions come and go here. */
export function DecisionTools({ editor, file, decision, onOpen }: Props) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [asked, setAsked] = useState(false);
  const { decisions } = file;

  function remove(id: string) {
    editor.change((each) => removeDecision(each, id));
    announce(t('dmn.removed'));
    onOpen(decisions.find((each) => each.id !== id)?.id ?? '');
  }

  return (
    <div className="row decision-tools">
      {decision && (
        <Choice
          label={t('dmn.decision')}
          value={decision.id}
          options={decisions.map(({ id, name }) => ({ value: id, label: `${inLanguage(name, language)} (${id})` }))}
          onChange={onOpen}
        />
      )}
      <Group className="row" aria-label={t('dmn.decisions')}>
        <Button small onPress={() => setAsked(true)}>
          {t('dmn.new')}
        </Button>
        {decision && (
          <Button small isDisabled={decisions.length < 2} onPress={() => remove(decision.id)}>
            {t('dmn.remove')}
          </Button>
        )}
      </Group>
      {asked && (
        <NewDecision
          taken={decisions.map(({ id }) => id)}
          onMake={(id, name, logic) => {
            editor.change((each) => addDecision(each, id, name, logic));
            onOpen(id);
          }}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  );
}

interface NewProps {
  taken: readonly string[];
  onMake: (id: string, name: string, logic: Logic) => void;
  onClose: () => void;
}

function NewDecision({ taken, onMake, onClose }: NewProps) {
  const { t } = useI18n();
  const [given, setGiven] = useState({ name: '', id: '' });
  const [logic, setLogic] = useState<Logic>('table');
  return (
    <ActionDialog
      title={t('dmn.new')}
      submit={t('dmn.make')}
      act={() => {
        const wrong = wrongId(given, taken);
        if (wrong) return Promise.resolve(t(wrong));
        onMake(given.id, given.name.trim(), logic);
        return Promise.resolve(null);
      }}
      onClose={onClose}
    >
      <NameFields value={given} onChange={setGiven} />
      <Choice
        label={t('dmn.logic')}
        value={logic}
        options={[
          { value: 'table', label: t('dmn.logic.table') },
          { value: 'expression', label: t('dmn.logic.expression') },
        ]}
        onChange={setLogic}
      />
    </ActionDialog>
  );
}
