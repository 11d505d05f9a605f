/** What is pressed, ticked, chosen and typed into. */
import { useState } from 'react';
import { DateField } from '../../parts/DateField';
import { PeoplePicker } from '../../parts/PeoplePicker';
import { useI18n } from '../../i18n';
import { AddChoice } from '../../ui/AddChoice';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { CheckList } from '../../ui/CheckList';
import { Choice } from '../../ui/Choice';
import { CopyButton } from '../../ui/CopyButton';
import { TextInput } from '../../ui/Fields';
import { PersonPicker } from '../../ui/PersonPicker';
import { SearchBox } from '../../ui/SearchBox';
import { Specimen } from './Specimen';

const KINDS = ['primary', 'normal', 'quiet'] as const;
const nothing = () => undefined;

export function Controls() {
  const { t } = useI18n();
  const [chosen, setChosen] = useState<string[]>(['a']);
  const [value, setValue] = useState<'a' | 'b'>('a');
  const [ticked, setTicked] = useState(true);
  const sample = t('components.sample');
  const options = [
    { value: 'a', label: t('common.yes') },
    { value: 'b', label: t('common.no') },
  ] as const;
  return (
    <>
      <Specimen name="Button">
        {KINDS.map((kind) => (
          <div key={kind} className="row">
            <Button kind={kind}>{t('common.save')}</Button>
            <Button kind={kind} isDisabled>
              {t('common.save')}
            </Button>
            <Button kind={kind} small>
              {t('common.save')}
            </Button>
          </div>
        ))}
      </Specimen>
      <Specimen name="CopyButton">
        <CopyButton text={sample} label={t('common.copy')} />
      </Specimen>
      <Specimen name="TextInput">
        <TextInput label={sample} hint={t('cases.searchHint')} />
        <TextInput label={t('common.incomplete')} defaultValue={sample} error={t('components.wrong')} isRequired />
        <TextInput label={t('common.change')} defaultValue={sample} isDisabled />
        <TextInput label={t('comments.add')} multiline />
      </Specimen>
      <Specimen name="Check">
        <Check label={sample} selected={ticked} onChange={setTicked} />
        <Check label={sample} selected={false} onChange={nothing} />
        <Check label={sample} selected disabled onChange={nothing} />
      </Specimen>
      <Specimen name="CheckList">
        <CheckList label={sample} hint={t('cases.searchHint')} options={options} chosen={chosen} onChange={setChosen} />
      </Specimen>
      <Specimen name="Choice">
        <Choice label={sample} value={value} options={options} onChange={setValue} />
      </Specimen>
      <Specimen name="AddChoice">
        <AddChoice label={sample} none={t('panel.choose')} options={options} onAdd={nothing} />
      </Specimen>
      <Specimen name="SearchBox">
        <SearchBox label={t('cases.search')} hint={t('cases.searchHint')} value="" onSearch={nothing} />
      </Specimen>
      <Specimen name="PersonPicker">
        <PersonPicker label={t('inbox.assignTo')} without={[]} onChoose={nothing} />
        <PersonPicker label={t('inbox.assignTo')} error={t('components.wrong')} without={[]} onChoose={nothing} />
      </Specimen>
      <Specimen name="PeoplePicker">
        <PeoplePicker label={t('inbox.assignTo')} hint={t('cases.searchHint')} chosen={null} onChoose={nothing} />
      </Specimen>
      <Specimen name="DateField">
        <DateField id="specimen-date" label={sample} kind="date" onIso={nothing} />
        <DateField id="specimen-moment" label={sample} kind="datetime" onIso={nothing} />
      </Specimen>
    </>
  );
}
