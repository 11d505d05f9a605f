/** The page of all components, in Thai. */
export const componentsTh = {
  'components.title': 'ส่วนประกอบของหน้าจอ',
  'components.hint': 'ทุกส่วนประกอบในทุกสถานะ สำหรับผู้พัฒนาและผู้ทดสอบ',
  'components.openDialog': 'เปิดหน้าต่างโต้ตอบ',
  'components.sample': 'ตัวอย่างข้อความ',
  'components.wrong': 'ค่าไม่ถูกต้อง',
  'components.announce': 'แจ้งผล',
} as const;
