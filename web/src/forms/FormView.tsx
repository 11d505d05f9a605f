/** A form filled in: the form viewer in the present language, with our date field. Loaded by the pages that show forms. */
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import { Form } from '@bpmn-io/form-js-viewer';
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, type Ref } from 'react';
import { fieldProblemText } from '../api/problem';
import type { FieldProblem, Variables } from '../api/types';
import type { FileDesk } from '../files/fileDesk';
import { useI18n } from '../i18n';
import { withoutAbsent } from './absent';
import { beDateModule } from './beDate';
import { expressionModule } from './expressionField';
import './form-view.css';
import { fileModule } from './fileModule';
import { formTextsModule } from './formTexts';
import { withoutMasked } from './masked';
import { groupModules } from './groupFields';
import { selectModule } from './selectField';
import { fieldsOf, localised, placeOf, type FieldInfo, type Schema } from './schema';

export interface FormHandle {
  /** Checks every field and marks the wrong ones. */
  submit: () => { values: Variables; wrong: FieldInfo[] };
  /** What is filled in now, complete or not. */
  values: () => Variables;
  /** Brings a field into view and puts the focus into it. */
  focus: (path: string) => void;
}

interface Props {
  schema: Schema;
  data: Variables;
  readOnly?: boolean;
  /** what the server found wrong, shown at the fields */
  problems?: readonly FieldProblem[];
  /** `wrong` are the fields that are marked as wrong after the change */
  onChange?: (values: Variables, wrong: FieldInfo[]) => void;
  handle?: Ref<FormHandle>;
  /** where files go that are attached; without it, none can be */
  desk?: FileDesk | null;
}

type FieldErrors = string[] | { [row: string]: FieldErrors };
/** Not in the viewer's declared interface; its version is pinned and FormView.test.tsx notices a change. */
interface Internals {
  _getSubmitData: () => Variables;
  _getState: () => { errors: Record<string, FieldErrors>; data: Variables };
  _setState: (state: { errors?: Record<string, FieldErrors>; data?: Variables; initialData?: Variables }) => void;
}

type ViewerForm = Pick<Form, 'submit' | 'importSchema' | 'on' | 'destroy'> & Internals;

const NONE: readonly FieldProblem[] = [];

export default function FormView({
  schema,
  data,
  readOnly = false,
  problems = NONE,
  onChange,
  handle,
  desk = null,
}: Props) {
  const { language, t } = useI18n();
  const place = useRef<HTMLDivElement>(null);
  const form = useRef<ViewerForm | null>(null);
  const changed = useRef(onChange);
  const files = useRef(desk);
  // the fields whose files are on their way: the id of each by its place in the page
  const moving = useRef(new Map<string, string>());
  // a form drawn anew in another language keeps what has been filled in
  const kept = useRef<{ of: Variables; values: Variables } | null>(null);
  const fields = useMemo(() => fieldsOf(schema), [schema]);

  useEffect(() => {
    changed.current = onChange;
    files.current = desk;
  }, [onChange, desk]);

  // before the page can be used: what sends the form finds it filled in
  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const created = new Form({
      container: place.current,
      properties: { readOnly },
      // what is typed counts at once: neither completing nor leaving the page may lose the last letters
      debounce: false,
      additionalModules: [
        formTextsModule(language),
        beDateModule(language),
        selectModule(language),
        ...groupModules,
        expressionModule(language),
        fileModule(
          language,
          () => files.current,
          (id, at, on) => void (on ? moving.current.set(at, id) : moving.current.delete(at)),
        ),
      ],
    } as ConstructorParameters<typeof Form>[0]) as unknown as ViewerForm;
    form.current = created;
    const shown = withoutMasked(schema, data, t('form.masked'));
    const values = kept.current?.of === data ? { ...shown.data, ...kept.current.values } : shown.data;
    let ready = false;
    void created.importSchema(localised(shown.schema, language) as never, values).then(() => {
      if (form.current !== created) return;
      const known = withoutAbsent(shown.schema.components, values, created._getState().data);
      created._setState({ data: known, initialData: structuredClone(known) });
      ready = true;
    });
    created.on('field.updated', (update: { shouldNotRecompute?: boolean }) => {
      // what the form computes by itself is no change of a person's
      if (update.shouldNotRecompute) return;
      // the event comes before the new state is set
      queueMicrotask(() => {
        if (!ready || form.current !== created) return;
        const filled = created._getSubmitData();
        kept.current = { of: data, values: filled };
        changed.current?.(filled, wrongOf(fieldsOf(schema), created._getState().errors));
      });
    });
    return () => {
      form.current = null;
      created.destroy();
    };
  }, [schema, data, language, readOnly, t]);

  useEffect(() => {
    const current = form.current;
    if (!current || problems.length === 0) return;
    const errors = problems.reduce(
      (all, problem) => withProblem(all, fields, problem, fieldProblemText(problem, language, t)),
      { ...current._getState().errors },
    );
    current._setState({ errors });
  }, [problems, fields, language, t]);

  useImperativeHandle(
    handle,
    () => ({
      submit: () => {
        if (!form.current) return { values: {}, wrong: [] };
        const { data: submitted, errors } = form.current.submit();
        const wait = Object.fromEntries([...moving.current.values()].map((id) => [id, [t('files.wait')]]));
        const wrong = { ...errors, ...wait };
        if (moving.current.size > 0) form.current._setState({ errors: wrong });
        return { values: submitted as Variables, wrong: wrongOf(fields, wrong) };
      },
      values: () => form.current?._getSubmitData() ?? {},
      focus: (path) => focusField(place.current, fields, path),
    }),
    [fields, t],
  );

  return <div ref={place} className="form-view" />;
}

function wrongOf(fields: FieldInfo[], errors: object): FieldInfo[] {
  return fields.filter((field) => Object.hasOwn(errors, field.id));
}

function withProblem(
  errors: Record<string, FieldErrors>,
  fields: FieldInfo[],
  { field }: FieldProblem,
  text: string,
): Record<string, FieldErrors> {
  const { path, rows } = placeOf(field);
  const id = fields.find((each) => each.path === path)?.id;
  if (!id) return errors;
  const nested = rows.reduceRight<FieldErrors>((inner, row) => ({ [String(row)]: inner }), [text]);
  return { ...errors, [id]: merged(errors[id], nested) };
}

function merged(before: FieldErrors | undefined, next: FieldErrors): FieldErrors {
  if (Array.isArray(next) || Array.isArray(before) || !before) return next;
  const all = { ...before };
  for (const [row, inner] of Object.entries(next)) all[row] = merged(all[row], inner);
  return all;
}

function focusField(place: HTMLElement | null, fields: FieldInfo[], field: string): void {
  const { path, rows } = placeOf(field);
  const id = fields.find((each) => each.path === path)?.id;
  if (!place || !id) return;
  const suffix = `-${id}${rows.map((row) => `_${row}`).join('')}`;
  const found = [...place.querySelectorAll<HTMLElement>('[id]')].find(
    (element) => element.id.endsWith(suffix) || element.id.includes(`${suffix}-`),
  );
  if (!found) return;
  const target = found.matches('input, textarea, select')
    ? found
    : found.querySelector<HTMLElement>('input, textarea, select, [tabindex="0"], [role="spinbutton"]');
  (target ?? found).focus({ preventScroll: true });
  (target ?? found).scrollIntoView({ block: 'center' });
}
