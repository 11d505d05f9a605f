import type { Component } from '../forms/schema';
import { useI18n, type MessageKey } from '../i18n';
import { deployedForms } from '../api/deployed';
import type { DraftForm } from '../modeler/parts';
import { BothTexts } from '../modeler/panel/BothTexts';
import { Committed } from '../modeler/panel/Committed';
import { Expression } from '../modeler/panel/Expression';
import { FromRegister } from '../modeler/panel/FromRegister';
import { Check } from '../ui/Check';
import { Choice } from '../ui/Choice';
import { Limits, type Limit } from './Limits';
import { textsOf, withProperty, withTexts } from './texts';
import type { Changes } from './tree';

interface Props {
  component: Component;
  forms: readonly DraftForm[];
  onChange: (changes: Changes) => void;
}

const TEXT: readonly Limit[] = ['minLength', 'maxLength'];
const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  textfield: TEXT,
  textarea: TEXT,
  number: ['min', 'max'],
  dynamiclist: TEXT,
};
const SUBTYPES = ['date', 'datetime', 'time'] as const;
const FORMATS = ['', 'email', 'phone'] as const;
const LARGEST = 'krabuan.maxFileSize';

/** What only components of this type say. */
export function OfKind({ component, forms, onChange }: Props) {
  const { t } = useI18n();
  const limits = LIMITS[component.type];
  return (
    <>
      {limits && <Limits component={component} limits={limits} onChange={onChange} />}
      {component.type === 'textfield' && <OfText component={component} onChange={onChange} />}
      {component.type === 'number' && (
        <Whole
          label="formedit.decimals"
          value={component['decimalDigits']}
          onChange={(decimalDigits) => onChange({ decimalDigits })}
        />
      )}
      {component.type === 'datetime' && <OfDate component={component} onChange={onChange} />}
      {component.type === 'filepicker' && <OfFiles component={component} onChange={onChange} />}
      {component.type === 'expression' && (
        <Expression
          label={t('formedit.computed')}
          value={textIn(component, 'expression')}
          elementId=""
          onCommit={(text) => onChange({ expression: text || '=null' })}
        />
      )}
      {component.type === 'text' && (
        <BothTexts
          label={t('formedit.text')}
          value={textsOf(component, 'text')}
          onCommit={(texts) => onChange(withTexts(component, 'text', texts))}
        />
      )}
      {component.type === 'krabuanPart' && (
        <FromRegister
          label={t('formedit.part')}
          none={t('panel.choose')}
          value={textIn(component, 'formId')}
          own={forms
            .filter(({ formId }) => formId.startsWith('shared.'))
            .map(({ formId }) => ({ id: formId, name: formId }))}
          deployed={deployedParts}
          onChange={(formId) => onChange({ formId })}
        />
      )}
      {['group', 'dynamiclist', 'krabuanPart'].includes(component.type) && (
        <Committed
          label={t('formedit.path')}
          hint={t(component.type === 'dynamiclist' ? 'formedit.listPathHint' : 'formedit.pathHint')}
          value={component.path ?? ''}
          maxLength={200}
          onCommit={(path) => onChange({ path: path || undefined })}
        />
      )}
      {component.type === 'dynamiclist' && (
        <Check
          label={t('formedit.rowsChange')}
          selected={component['allowAddRemove'] !== false}
          onChange={(allowAddRemove) => onChange({ allowAddRemove })}
        />
      )}
    </>
  );
}

async function deployedParts(signal?: AbortSignal) {
  return (await deployedForms(signal)).filter(({ id }) => id.startsWith('shared.'));
}

const textIn = (component: Component, name: string) => String(component[name] ?? '');
const validateOf = (component: Component) => (component['validate'] ?? {}) as Record<string, unknown>;

type One = Omit<Props, 'forms'>;

/** The form that the text must have. */
function OfText({ component, onChange }: One) {
  const { t } = useI18n();
  const validate = validateOf(component);
  const format = FORMATS.find((each) => each === validate['validationType']) ?? '';
  const set = (changes: object) => onChange({ validate: { ...validate, ...changes } });
  return (
    <>
      <Choice
        label={t('formedit.format')}
        value={format}
        options={FORMATS.map((value) => ({ value, label: t(`formedit.format.${value || 'any'}`) }))}
        onChange={(value) => set({ validationType: value || undefined })}
      />
      <Committed
        label={t('formedit.pattern')}
        hint={t('formedit.patternHint')}
        value={String(validate['pattern'] ?? '')}
        maxLength={1000}
        onCommit={(pattern) => set({ pattern: pattern || undefined })}
      />
      {Boolean(validate['pattern']) && (
        <BothTexts
          label={t('formedit.patternText')}
          value={{
            th: String(validate['patternErrorMessage'] ?? '') || null,
            en: component.properties?.['patternErrorMessage.en'] ?? null,
          }}
          onCommit={({ th, en }) =>
            onChange({
              validate: { ...validate, patternErrorMessage: th ?? undefined },
              properties: withProperty(component, 'patternErrorMessage.en', en),
            })
          }
        />
      )}
    </>
  );
}

function OfDate({ component, onChange }: One) {
  const { t } = useI18n();
  const subtype = SUBTYPES.find((each) => each === component['subtype']) ?? 'date';
  const { label } = component;
  return (
    <>
      <Choice
        label={t('formedit.subtype')}
        value={subtype}
        options={SUBTYPES.map((value) => ({ value, label: t(`formedit.subtype.${value}`) }))}
        onChange={(value) =>
          onChange({
            subtype: value,
            dateLabel: value === 'time' ? undefined : label,
            timeLabel: value === 'date' ? undefined : (component['timeLabel'] ?? label),
            timeSerializingFormat: value === 'date' ? undefined : (component['timeSerializingFormat'] ?? 'utc_offset'),
            timeInterval: value === 'date' ? undefined : (component['timeInterval'] ?? 15),
          })
        }
      />
      {subtype !== 'time' && (
        <Check
          label={t('formedit.noPast')}
          selected={component['disallowPassedDates'] === true}
          onChange={(wanted) => onChange({ disallowPassedDates: wanted || undefined })}
        />
      )}
    </>
  );
}

function OfFiles({ component, onChange }: One) {
  const { t } = useI18n();
  return (
    <>
      <Check
        label={t('formedit.several')}
        selected={component['multiple'] !== undefined && component['multiple'] !== false}
        onChange={(wanted) => onChange({ multiple: wanted || undefined })}
      />
      <Committed
        label={t('formedit.accept')}
        hint={t('formedit.acceptHint')}
        value={textIn(component, 'accept')}
        onCommit={(accept) => onChange({ accept: accept || undefined })}
      />
      <Committed
        label={t('formedit.largest')}
        value={component.properties?.[LARGEST] ?? ''}
        maxLength={2}
        onCommit={(text) => onChange({ properties: withProperty(component, LARGEST, text || null) })}
      />
    </>
  );
}

interface WholeProps {
  label: MessageKey;
  value: unknown;
  onChange: (value: number | undefined) => void;
}

/** A whole number, or nothing; what is no number is not taken. */
function Whole({ label, value, onChange }: WholeProps) {
  const { t } = useI18n();
  return (
    <Committed
      label={t(label)}
      value={value === undefined ? '' : String(value)}
      maxLength={3}
      onCommit={(text) => {
        if (/^\d*$/.test(text)) onChange(text ? Number(text) : undefined);
      }}
    />
  );
}
