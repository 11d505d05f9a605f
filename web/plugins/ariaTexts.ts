/**
 * react-aria says some things by itself, in some thirty languages of which Thai is none: it would speak English to Thai
 * screen readers. This build step adds the Thai texts to its dictionaries, and fails when upstream keeps them elsewhere.
 */
import type { Plugin } from 'vite';

const DICTIONARY =
  /(?:react-aria[\\/]dist[\\/]private[\\/](\w+)|react-aria-components[\\/]dist[\\/]private)[\\/]intlStrings\.m?js$/;
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
  menu: `{ longPressMessage: 'กดค้าง หรือกด Alt + ลูกศรลง เพื่อเปิดเมนู' }`,
};

export function ariaTexts(): Plugin {
  const found = new Set<string>();
  return {
    name: 'krabuan-aria-texts',
    apply: 'build',
    transform(code, id) {
      const match = DICTIONARY.exec(id);
      const part = match && (match[1] ?? 'components');
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
  };
}
