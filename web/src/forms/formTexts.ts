/** The form viewer's own texts in Thai; its English is the key. */
import type { Language } from '../i18n';

const THAI: Record<string, string> = {
  'Field is required.': 'โปรดกรอกช่องนี้',
  'Date and time must both be entered.': 'โปรดกรอกทั้งวันที่และเวลา',
  'Value is not a number.': 'ค่าต้องเป็นตัวเลข',
  'Value is expected to be an integer.': 'ค่าต้องเป็นจำนวนเต็ม',
  'Value is expected to have at most 1 decimal digit.': 'ค่าต้องมีทศนิยมไม่เกิน ๑ ตำแหน่ง',
  'Value is expected to have at most {value} decimal digits.': 'ค่าต้องมีทศนิยมไม่เกิน {value} ตำแหน่ง',
  'Please select a valid value, the two nearest valid values are {previousValue} and {nextValue}.':
    'ค่าที่ใกล้เคียงที่สุดและใช้ได้คือ {previousValue} และ {nextValue}',
  'Field must match pattern {value}.': 'ค่าไม่ตรงตามรูปแบบที่กำหนด',
  'Field must have minimum value of {value}.': 'ค่าต้องไม่น้อยกว่า {value}',
  'Field must have maximum value of {value}.': 'ค่าต้องไม่เกิน {value}',
  'Min validation value is not a valid number.': 'ค่าต่ำสุดที่แบบฟอร์มกำหนดไม่ใช่ตัวเลข',
  'Max validation value is not a valid number.': 'ค่าสูงสุดที่แบบฟอร์มกำหนดไม่ใช่ตัวเลข',
  'Field must have minimum length of {value}.': 'ต้องมีอย่างน้อย {value} ตัวอักษร',
  'Field must have maximum length of {value}.': 'ต้องมีไม่เกิน {value} ตัวอักษร',
  'Field must be a valid international phone number. (e.g. +4930664040900)': 'โปรดกรอกหมายเลขโทรศัพท์แบบสากล ขึ้นต้นด้วย +66',
  'Field must be a valid email.': 'โปรดกรอกที่อยู่อีเมลให้ถูกต้อง',
  'No content to show.': 'ไม่มีเนื้อหา',
  "External content couldn't be loaded.": 'โหลดเนื้อหาภายนอกไม่ได้',
  Increment: 'เพิ่มค่า',
  Decrement: 'ลดค่า',
  'Skip to search': 'ข้ามไปยังช่องค้นหา',
  'Remove tag': 'นำออก',
  Search: 'ค้นหา',
  Select: 'เลือก',
  Browse: 'เลือกไฟล์',
  'No results': 'ไม่พบรายการ',
  'All values selected': 'เลือกครบทุกรายการแล้ว',
  'Nothing to show.': 'ไม่มีข้อมูล',
  '{page} of {total}': 'หน้า {page} จาก {total}',
  'Previous page': 'หน้าก่อน',
  'Next page': 'หน้าถัดไป',
  'Click to sort by {value} descending': 'เรียง {value} จากมากไปน้อย',
  'Click to remove sorting': 'เลิกเรียงลำดับ',
  'Click to sort by {value} ascending': 'เรียง {value} จากน้อยไปมาก',
  'No files selected': 'ยังไม่ได้เลือกไฟล์',
  '{value} files selected': 'เลือกแล้ว {value} ไฟล์',
  'Document reference is not defined.': 'ไม่ได้กำหนดเอกสารอ้างอิง',
  'Unable to download document': 'ดาวน์โหลดเอกสารไม่ได้',
  'Download {fileName}': 'ดาวน์โหลด {fileName}',
  'Add new': 'เพิ่มรายการ',
  'Expand all ({value})': 'แสดงทั้งหมด ({value})',
  Collapse: 'ย่อรายการ',
  'Remove list item': 'ลบรายการที่',
};

type Replacements = Record<string, unknown>;

export function formText(language: Language, template: string, replacements: Replacements = {}): string {
  const text = language === 'th' ? (THAI[template] ?? template) : template;
  return text.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = replacements[name];
    return value === undefined || value === null ? whole : String(value);
  });
}

declare global {
  // read by the form viewer where it has no translate service; see plugins/formTexts.ts
  var krabuanFormText: ((template: string) => string) | undefined;
}

/** A module for the form viewer that makes it speak the language. */
export function formTextsModule(language: Language) {
  const translate = (template: string, replacements?: Replacements) => formText(language, template, replacements);
  globalThis.krabuanFormText = translate;
  return { translate: ['value', translate] };
}
