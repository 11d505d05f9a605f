/** Diagrams, corrections of what a case began with, and the page of notifications, in Thai. */
export const readingTh = {
  'notifications.title': 'การแจ้งเตือน',
  'notifications.empty': 'ยังไม่มีการแจ้งเตือน',
  'notifications.unread': 'ยังไม่ได้อ่าน',
  'notifications.markRead': 'อ่านแล้ว',
  'notifications.openTask': 'เปิดงาน',
  'correction.title': 'แก้ไขข้อมูลตั้งต้น',
  'correction.hint': 'กำหนดเวลาที่นับจากข้อมูลนี้จะเลื่อนตาม และระบบบันทึกการแก้ไขไว้ในประวัติ',
  'correction.submit': 'บันทึกการแก้ไข',
  'correction.done': 'แก้ไขข้อมูลตั้งต้นแล้ว',
  'correction.back': 'กลับไปที่เรื่อง',
  'correction.noForm': 'กระบวนงานนี้ไม่มีแบบฟอร์มตั้งต้น',
  'diagram.label': 'ผังกระบวนงาน {name}',
  'diagram.fit': 'ดูทั้งผัง',
  'diagram.zoomIn': 'ขยาย',
  'diagram.zoomOut': 'ย่อ',
  'diagram.failed': 'แสดงผังกระบวนงานไม่ได้',
} as const;
