import { use, useState } from 'react';
import { Link } from 'react-router-dom';
import { deployedForms } from '../../api/deployed';
import { problemText } from '../../api/problem';
import type { Texts } from '../../api/types';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import type { DraftForm } from '../parts';
import { FromRegister } from './FromRegister';
import { MakeForm } from './makeForm';

interface Props {
  formId: string;
  forms: readonly DraftForm[];
  /** what a new form is called after */
  element: { process: string; id: string; name: Texts };
  onChange: (formId: string) => void;
}

/** The form that is filled in at an element, chosen from those of the draft and those that are deployed, or made here. */
export function FormLink({ formId, forms, element, onChange }: Props) {
  const { language, t } = useI18n();
  const make = use(MakeForm);
  const [error, setError] = useState<unknown>(null);
  const own = forms.find((form) => form.formId === formId);

  async function create() {
    if (!make) return;
    setError(null);
    try {
      onChange(await make({ prefix: `${element.process}.`, name: element.id, title: element.name }));
    } catch (problem) {
      setError(problem);
    }
  }

  return (
    <>
      <FromRegister
        label={t('panel.form')}
        none={t('panel.noForm')}
        value={formId}
        own={forms.map((form) => ({ id: form.formId, name: form.formId }))}
        deployed={deployedForms}
        onChange={onChange}
      />
      {own && (
        <p>
          <Link to={`?file=${encodeURIComponent(own.path)}`}>{t('panel.openForm')}</Link>
        </p>
      )}
      {!formId && make && (
        <Button small onPress={() => void create()}>
          {t('panel.makeForm')}
        </Button>
      )}
      {error !== null && (
        <p className="notice danger" role="alert">
          {problemText(error, language, t)}
        </p>
      )}
    </>
  );
}
