/** Thai texts about common patterns that are put into diagrams. */
export const patternTh = {
  'pattern.do': 'แทรกรูปแบบสำเร็จ',
  'pattern.hint': 'รูปแบบจะแทรกที่เส้นที่เลือก หรือต่อจากขั้นตอนที่เลือก แล้วจัดวางผังใหม่ ชื่อ ผู้ดำเนินการ แบบฟอร์ม และเวลา แก้ไขได้ภายหลัง',
  'pattern.at': 'ตำแหน่ง: {name}',
  'pattern.which': 'รูปแบบ',
  'pattern.put': 'แทรก',
  'pattern.done': 'แทรกรูปแบบและจัดวางผังใหม่แล้ว',
  'pattern.takeBack': 'นำรูปแบบออก',
  'pattern.takenBack': 'นำรูปแบบออกแล้ว',
  'pattern.notSaved': 'ยังบันทึกผังไม่ได้ จึงยังแทรกรูปแบบไม่ได้',
};
