import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import type { DraftForm } from '../parts';

interface Props {
  formId: string;
  forms: readonly DraftForm[];
  onChange: (formId: string) => void;
}

/** The form that a task is filled in with, chosen from those of the draft. */
export function FormLink({ formId, forms, onChange }: Props) {
  const { t } = useI18n();
  const known = forms.map((form) => ({ value: form.formId, label: form.formId }));
  const present = formId && !known.some(({ value }) => value === formId) ? [{ value: formId, label: formId }] : [];
  return (
    <Choice
      label={t('panel.form')}
      value={formId}
      options={[{ value: '', label: t('panel.noForm') }, ...known, ...present]}
      onChange={onChange}
    />
  );
}
