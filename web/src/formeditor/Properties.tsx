/** What the chosen component says, to be read and changed; each change is one step that can be undone. */
import { useCallback } from 'react';
import type { DraftForm } from '../modeler/parts';
import { Known, type AskKnown } from '../modeler/panel/known';
import { BothTexts } from '../modeler/panel/BothTexts';
import { Committed } from '../modeler/panel/Committed';
import { Expression } from '../modeler/panel/Expression';
import { useI18n } from '../i18n';
import type { Component, Schema } from '../forms/schema';
import { Check } from '../ui/Check';
import { Choice } from '../ui/Choice';
import type { FormEditor, Opened } from './editor';
import { hasKey, kindName, WITH_OPTIONS } from './kinds';
import { OfKind } from './OfKind';
import { Options } from './Options';
import { beside, isBeside } from './rows';
import { textsOf, withProperty, withTexts } from './texts';
import { changed, componentAt, type Changes, type Path } from './tree';

interface Props {
  editor: FormEditor;
  now: Opened;
  /** the other forms of the draft */
  forms: readonly DraftForm[];
  /** what a case knows where the form is filled in */
  ask: AskKnown;
}

const CLASSES = ['normal', 'confidential', 'secret', 'topSecret'] as const;
/** What has no label of its own. */
const SILENT: ReadonlySet<string> = new Set(['text', 'separator', 'spacer', 'html', 'image', 'iframe']);

export function Properties({ editor, now: { form, chosen }, forms, ask }: Props) {
  const { pick, t } = useI18n();
  const component = chosen ? componentAt(form, chosen) : undefined;
  return (
    <section className="card" aria-labelledby="panel-title" key={chosen?.join('.') ?? ''}>
      <h2 id="panel-title">{component ? kindName(component.type, pick) : t('formedit.form')}</h2>
      <Known value={ask}>
        {chosen && component ? (
          <OfComponent
            form={form}
            path={chosen}
            component={component}
            forms={forms}
            onForm={(next) => editor.change(next)}
          />
        ) : (
          <>
            <p className="muted small">{form.id}</p>
            <BothTexts
              label={t('formedit.title')}
              multiline={false}
              value={textsOf(form, 'title')}
              onCommit={(texts) => editor.change({ ...form, ...withTexts(form, 'title', texts) } as Schema)}
            />
            <p className="muted">{t('formedit.choose')}</p>
          </>
        )}
      </Known>
    </section>
  );
}

interface OneProps {
  form: Schema;
  path: Path;
  component: Component;
  forms: readonly DraftForm[];
  onForm: (form: Schema) => void;
}

function OfComponent({ form, path, component, forms, onForm }: OneProps) {
  const { t } = useI18n();
  const change = useCallback((changes: Changes) => onForm(changed(form, path, changes)), [form, path, onForm]);
  const { type } = component;
  const stands = isBeside(form, path);
  const hide = (component['conditional'] as { hide?: string } | undefined)?.hide ?? '';
  return (
    <>
      {!SILENT.has(type) && (
        <BothTexts
          label={t('formedit.label')}
          multiline={false}
          value={textsOf(component, 'label')}
          onCommit={(texts) =>
            change({ ...withTexts(component, 'label', texts), ...labelsOfDate(component, texts.th) })
          }
        />
      )}
      {hasKey(component) && (
        <>
          <Committed
            label={t('formedit.key')}
            hint={t('formedit.keyHint')}
            value={component.key ?? ''}
            maxLength={200}
            onCommit={(key) => change({ key: key || undefined })}
          />
          {type !== 'expression' && <OfField component={component} onChange={change} />}
        </>
      )}
      {WITH_OPTIONS.has(type) && <Options component={component} onChange={change} />}
      <OfKind component={component} forms={forms} onChange={change} />
      <Expression
        label={t('formedit.hide')}
        value={hide}
        elementId=""
        onCommit={(text) => change({ conditional: text ? { hide: text } : undefined })}
      />
      {stands !== null && (
        <Check
          label={t('formedit.beside')}
          selected={stands}
          onChange={(wanted) => onForm(beside(form, path, wanted))}
        />
      )}
      {hasKey(component) && <Protection component={component} onChange={change} />}
    </>
  );
}

/** The form viewer calls the label of a date otherwise; both say the same here. */
function labelsOfDate(component: Component, th: string | null): Changes {
  if (component.type !== 'datetime') return {};
  const time = component['subtype'] === 'time';
  return time ? { timeLabel: th ?? undefined } : { dateLabel: th ?? undefined };
}

interface FieldProps {
  component: Component;
  onChange: (changes: Changes) => void;
}

/** What every field that is filled in may say. */
function OfField({ component, onChange }: FieldProps) {
  const { t } = useI18n();
  const validate = (component['validate'] ?? {}) as Record<string, unknown>;
  const { readonly } = component;
  return (
    <>
      <BothTexts
        label={t('formedit.description')}
        value={textsOf(component, 'description')}
        onCommit={(texts) => onChange(withTexts(component, 'description', texts))}
      />
      <Check
        label={t('formedit.required')}
        selected={validate['required'] === true}
        onChange={(required) => onChange({ validate: { ...validate, required: required || undefined } })}
      />
      {typeof readonly === 'string' ? (
        <Expression
          label={t('formedit.readonlyWhen')}
          value={readonly}
          elementId=""
          onCommit={(text) => onChange({ readonly: text || undefined })}
        />
      ) : (
        <Check
          label={t('formedit.readonly')}
          selected={readonly === true}
          onChange={(wanted) => onChange({ readonly: wanted || undefined })}
        />
      )}
    </>
  );
}

/** Who may see what is filled in, and whether it is about a person. */
function Protection({ component, onChange }: FieldProps) {
  const { t } = useI18n();
  const said = component.properties?.['krabuan.class'];
  const class_ = CLASSES.find((each) => each === said) ?? 'normal';
  const set = (name: string, value: string | null) => onChange({ properties: withProperty(component, name, value) });
  return (
    <>
      <Choice
        label={t('formedit.class')}
        value={class_}
        options={CLASSES.map((value) => ({ value, label: t(`formedit.class.${value}`) }))}
        onChange={(value) => set('krabuan.class', value === 'normal' ? null : value)}
      />
      <Check
        label={t('formedit.personal')}
        selected={component.properties?.['krabuan.personalData'] === 'true'}
        onChange={(wanted) => set('krabuan.personalData', wanted ? 'true' : null)}
      />
    </>
  );
}
