/**
 * react-aria says some things by itself, in some thirty languages of which Thai is none: it would speak English to Thai
 * screen readers. This build step adds the Thai texts to its dictionaries. It fails when upstream keeps them elsewhere,
 * and when a page comes to use a dictionary that has no Thai here.
 */
import type { Plugin } from 'vite';

const DICTIONARY =
  /(?:(react-aria|react-stately)[\\/]dist[\\/]private[\\/](\w+)|react-aria-components[\\/]dist[\\/]private)[\\/]intlStrings\.m?js$/;
const EXPORTED = /export \{\s*(\S+) as default\s*\};/;

/** By dictionary, the source of an object: texts, or functions of what is put in. */
const THAI: Readonly<Record<string, string>> = {
  datepicker: `{
    era: 'ศักราช', year: 'ปี', month: 'เดือน', day: 'วัน', hour: 'ชั่วโมง', minute: 'นาที', second: 'วินาที',
    dayPeriod: 'ก่อนหรือหลังเที่ยง', calendar: 'ปฏิทิน', startDate: 'วันเริ่มต้น', endDate: 'วันสิ้นสุด',
    weekday: 'วันในสัปดาห์', timeZoneName: 'เขตเวลา',
    selectedDateDescription: (args) => 'วันที่เลือก: ' + args.date,
    selectedRangeDescription: (args) => 'ช่วงที่เลือก: ' + args.startDate + ' ถึง ' + args.endDate,
    selectedTimeDescription: (args) => 'เวลาที่เลือก: ' + args.time,
  }`,
  calendar: `{
    previous: 'ก่อนหน้า', next: 'ถัดไป',
    selectedDateDescription: (args) => 'วันที่เลือก: ' + args.date,
    selectedRangeDescription: (args) => 'ช่วงที่เลือก: ' + args.dateRange,
    todayDate: (args) => 'วันนี้ ' + args.date, todayDateSelected: (args) => 'วันนี้ ' + args.date + ' เลือกแล้ว',
    dateSelected: (args) => args.date + ' เลือกแล้ว',
    startRangeSelectionPrompt: 'กดเพื่อเลือกวันเริ่มต้น', finishRangeSelectionPrompt: 'กดเพื่อเลือกวันสิ้นสุด',
    minimumDate: 'วันแรกที่เลือกได้', maximumDate: 'วันสุดท้ายที่เลือกได้',
    dateRange: (args) => args.startDate + ' ถึง ' + args.endDate,
  }`,
  components: `{ dropzoneLabel: 'พื้นที่วางไฟล์' }`,
  overlays: `{ dismiss: 'ปิด' }`,
  searchfield: `{ 'Clear search': 'ล้างคำค้น' }`,
  spinbutton: `{ Empty: 'ว่าง' }`,
  autocomplete: `{ collectionLabel: 'รายการแนะนำ' }`,
  combobox: `{
    focusAnnouncement: (args) =>
      (args.isGroupChange ? 'กลุ่ม ' + args.groupTitle + ' มี ' + args.groupCount + ' ตัวเลือก ' : '') +
      args.optionText + (args.isSelected ? ' เลือกแล้ว' : ''),
    countAnnouncement: (args) => 'มี ' + args.optionCount + ' ตัวเลือก',
    selectedAnnouncement: (args) => args.optionText + ' เลือกแล้ว',
    buttonLabel: 'แสดงรายการแนะนำ', listboxLabel: 'รายการแนะนำ',
  }`,
  grid: `{
    deselectedItem: (args) => 'ไม่ได้เลือก ' + args.item, select: 'เลือก',
    selectedCount: (args) => (args.count ? 'เลือกแล้ว ' + args.count + ' รายการ' : 'ไม่ได้เลือกรายการใด'),
    selectedAll: 'เลือกแล้วทุกรายการ', selectedItem: (args) => 'เลือก ' + args.item + ' แล้ว',
    longPressToSelect: 'กดค้างเพื่อเริ่มเลือก',
  }`,
  tree: `{ expand: 'ขยาย', collapse: 'ยุบ' }`,
  dnd: `{
    dragItem: (args) => 'ลาก ' + args.itemText, dragSelectedItems: (args) => 'ลาก ' + args.count + ' รายการที่เลือก',
    dragDescriptionKeyboard: 'กด Enter เพื่อเริ่มลาก', dragDescriptionKeyboardAlt: 'กด Alt + Enter เพื่อเริ่มลาก',
    dragDescriptionTouch: 'แตะสองครั้งเพื่อเริ่มลาก', dragDescriptionVirtual: 'คลิกเพื่อเริ่มลาก',
    dragDescriptionLongPress: 'กดค้างเพื่อเริ่มลาก',
    dragSelectedKeyboard: (args) => 'กด Enter เพื่อลาก ' + args.count + ' รายการที่เลือก',
    dragSelectedKeyboardAlt: (args) => 'กด Alt + Enter เพื่อลาก ' + args.count + ' รายการที่เลือก',
    dragSelectedLongPress: (args) => 'กดค้างเพื่อลาก ' + args.count + ' รายการที่เลือก',
    dragStartedKeyboard: 'เริ่มลากแล้ว กด Tab ไปยังที่วาง แล้วกด Enter เพื่อวาง หรือกด Escape เพื่อยกเลิก',
    dragStartedTouch: 'เริ่มลากแล้ว ไปยังที่วาง แล้วแตะสองครั้งเพื่อวาง',
    dragStartedVirtual: 'เริ่มลากแล้ว ไปยังที่วาง แล้วคลิกหรือกด Enter เพื่อวาง',
    endDragKeyboard: 'กำลังลาก กด Enter เพื่อยกเลิก', endDragTouch: 'กำลังลาก แตะสองครั้งเพื่อยกเลิก',
    endDragVirtual: 'กำลังลาก คลิกเพื่อยกเลิก',
    dropDescriptionKeyboard: 'กด Enter เพื่อวาง กด Escape เพื่อยกเลิก', dropDescriptionTouch: 'แตะสองครั้งเพื่อวาง',
    dropDescriptionVirtual: 'คลิกเพื่อวาง', dropCanceled: 'ยกเลิกการวางแล้ว', dropComplete: 'วางแล้ว',
    dropIndicator: 'ตำแหน่งที่วาง', dropOnRoot: 'วางลงที่นี่', dropOnItem: (args) => 'วางลงบน ' + args.itemText,
    insertBefore: (args) => 'แทรกก่อน ' + args.itemText, insertAfter: (args) => 'แทรกหลัง ' + args.itemText,
    insertBetween: (args) => 'แทรกระหว่าง ' + args.beforeItemText + ' กับ ' + args.afterItemText,
  }`,
  // by the language of the browser, as what browsers themselves say of a wrong entry
  'react-stately/datepicker': `{
    rangeUnderflow: (args) => 'ต้องไม่ก่อน ' + args.minValue, rangeOverflow: (args) => 'ต้องไม่หลัง ' + args.maxValue,
    rangeReversed: 'วันเริ่มต้นต้องไม่หลังวันสิ้นสุด', unavailableDate: 'เลือกวันนี้ไม่ได้',
  }`,
  menu: `{ longPressMessage: 'กดค้าง หรือกด Alt + ลูกศรลง เพื่อเปิดเมนู' }`,
};

/** The name of a dictionary in THAI; null for any other module. */
function dictionaryOf(id: string): string | null {
  const match = DICTIONARY.exec(id);
  if (!match) return null;
  const [, library, part] = match;
  if (!part) return 'components';
  return library === 'react-stately' ? `${library}/${part}` : part;
}

export function ariaTexts(): Plugin {
  const found = new Set<string>();
  return {
    name: 'krabuan-aria-texts',
    apply: 'build',
    transform(code, id) {
      const part = dictionaryOf(id);
      const texts = part && THAI[part];
      if (!texts) return null;
      const name = EXPORTED.exec(code)?.[1];
      if (!name) this.error(`react-aria: the dictionary of ${part} is written otherwise`);
      found.add(part);
      const added = `${name}["th-TH"] = Object.assign({}, ${name}["en-US"], ${texts});\n`;
      return { code: code.replace(EXPORTED, (whole) => added + whole), map: null };
    },
    buildEnd(error) {
      const missing = Object.keys(THAI).filter((part) => !found.has(part));
      if (!error && missing.length > 0) this.error(`react-aria: no dictionary of ${missing.join(', ')}`);
    },
    generateBundle(_options, bundle) {
      const used = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : []));
      const parts = used.flatMap((id) => dictionaryOf(id) ?? []);
      const untold = parts.filter((part) => !Object.hasOwn(THAI, part));
      if (untold.length > 0) this.error(`react-aria: no Thai texts of ${untold.join(', ')}`);
    },
  };
}
