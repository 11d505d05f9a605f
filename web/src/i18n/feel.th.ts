/** Thai texts about writing expressions. */
export const feelTh = {
  'feel.completions': 'ข้อมูล ฟังก์ชัน และคำที่ใช้ได้',
  'feel.control': 'อักขระควบคุม',
  'feel.how': 'พิมพ์แล้วเลือกจากคำที่เสนอ หรือกด Ctrl+Space',
  'feel.unknown': 'ไม่พบว่าขั้นตอนก่อนหน้าบันทึกข้อมูลชื่อ {names} โปรดตรวจตัวสะกด',
};
