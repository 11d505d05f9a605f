import { deployedForms } from '../../api/deployed';
import { useI18n } from '../../i18n';
import type { DraftForm } from '../parts';
import { FromRegister } from './FromRegister';

interface Props {
  formId: string;
  forms: readonly DraftForm[];
  onChange: (formId: string) => void;
}

/** The form that a task is filled in with, chosen from those of the draft and those that are deployed. */
export function FormLink({ formId, forms, onChange }: Props) {
  const { t } = useI18n();
  return (
    <FromRegister
      label={t('panel.form')}
      none={t('panel.noForm')}
      value={formId}
      own={forms.map((form) => ({ id: form.formId, name: form.formId }))}
      deployed={deployedForms}
      onChange={onChange}
    />
  );
}
