/** The components that can be added to a form, and what a new one says. All others of a file are kept as they are. */
import type { Component, Schema } from '../forms/schema';
import type { MessageKey } from '../i18n';
import { freshName } from './tree';

export const GROUPS = {
  fields: ['textfield', 'textarea', 'number', 'datetime', 'checkbox', 'filepicker'],
  choices: ['select', 'radio', 'checklist', 'taglist'],
  structure: ['group', 'dynamiclist', 'krabuanPart'],
  shown: ['text', 'expression', 'separator', 'spacer'],
} as const;
export type Kind = (typeof GROUPS)[keyof typeof GROUPS][number];

/** What holds the value of a new one: a key, the path of a list, or nothing. */
const KEYED: ReadonlySet<string> = new Set([
  'textfield', 'textarea', 'number', 'datetime', 'checkbox', 'filepicker', 'select', 'radio', 'checklist', 'taglist',
  'expression',
]); // prettier-ignore
export const WITH_OPTIONS: ReadonlySet<string> = new Set(['select', 'radio', 'checklist', 'taglist']);
export const hasKey = ({ type, key }: Component): boolean => KEYED.has(type) || key !== undefined;

/** What people call the types of components, those included that are only kept. A new component is called so. */
const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  textfield: ['ข้อความ', 'Text'],
  textarea: ['ข้อความหลายบรรทัด', 'Long text'],
  number: ['ตัวเลข', 'Number'],
  datetime: ['วันที่หรือเวลา', 'Date or time'],
  checkbox: ['ช่องทำเครื่องหมาย', 'Tick box'],
  filepicker: ['ไฟล์แนบ', 'Attached files'],
  select: ['เลือกจากรายการ', 'Choice from a list'],
  radio: ['เลือกหนึ่งข้อ', 'Choice of one'],
  checklist: ['เลือกหลายข้อ', 'Choice of several'],
  taglist: ['เลือกหลายรายการ', 'Several from a list'],
  group: ['กลุ่ม', 'Group'],
  dynamiclist: ['รายการที่เพิ่มแถวได้', 'List of rows'],
  krabuanPart: ['ส่วนที่ใช้ร่วมกัน', 'Shared part'],
  text: ['คำชี้แจง', 'Note'],
  expression: ['ค่าที่คำนวณ', 'Computed value'],
  separator: ['เส้นคั่น', 'Line'],
  spacer: ['ช่องว่าง', 'Space'],
  table: ['ตาราง', 'Table'],
  html: ['เนื้อหา HTML', 'HTML'],
  image: ['รูปภาพ', 'Picture'],
  iframe: ['หน้าเว็บที่ฝัง', 'Embedded page'],
  documentPreview: ['ตัวอย่างเอกสาร', 'Preview of documents'],
  button: ['ปุ่ม', 'Button'],
};

/** A type that has no name of ours is called as the file calls it. */
export function kindName(type: string, pick: (th: string, en: string) => string): string {
  const names = NAMES[type];
  return names ? pick(...names) : type;
}

const BEGIN: Partial<Record<Kind, Partial<Component>>> = {
  datetime: { subtype: 'date' },
  number: { decimalDigits: 0 },
  filepicker: { multiple: true },
  group: { components: [], showOutline: true },
  dynamiclist: {
    components: [],
    isRepeating: true,
    allowAddRemove: true,
    defaultRepetitions: 1,
    showOutline: true,
  },
  expression: { expression: '=null', computeOn: 'change' },
  spacer: { height: 24 },
};

/** A new component, called after its kind in both languages until somebody calls it otherwise. */
export function made(form: Schema, kind: Kind): Component {
  const [th, en] = NAMES[kind] ?? [kind, kind];
  const id = freshName(form, `${kind}_`);
  const component: Component = { type: kind, id, ...BEGIN[kind] };
  if (kind === 'separator' || kind === 'spacer') return component;
  if (kind === 'text') return { ...component, text: th, properties: { 'text.en': en } };
  component.label = th;
  component.properties = { 'label.en': en };
  if (KEYED.has(kind)) component.key = id;
  if (kind === 'dynamiclist') component.path = id;
  if (kind === 'krabuanPart') component['formId'] = '';
  if (kind === 'datetime') component.dateLabel = th;
  if (WITH_OPTIONS.has(kind)) {
    component.values = [1, 2].map((number) => ({ label: `ตัวเลือก ${number}`, value: `option${number}` }));
    for (const number of [1, 2]) component.properties[`option.en.option${number}`] = `Option ${number}`;
  }
  return component;
}

export const groupName = (group: keyof typeof GROUPS): MessageKey => `formedit.group.${group}`;
