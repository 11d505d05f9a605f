/** Working on a case together: mentions, who else is here, what was filled in before, what comes next. */
export const togetherTh = {
  'mention.hint': 'พิมพ์ @ เพื่อกล่าวถึงผู้อื่น ระบบจะแจ้งผู้นั้น',
  'mention.people': 'ผู้ที่อ่านเรื่องนี้ได้',
  'mention.found': 'พบ {n} คน ใช้ลูกศรขึ้นลงเพื่อเลือก แล้วกด Enter',
  'mention.told': 'จะแจ้ง: {names}',
} as const;
