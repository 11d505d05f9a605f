/** บันทึกเหตุการณ์ ชุดหลักฐาน และสิ่งที่ผู้ตรวจสอบใช้ */
export const auditingTh = {
  'auditing.log': 'บันทึกเหตุการณ์สำหรับวิเคราะห์กระบวนงาน',
  'auditing.log.hint': 'บอกว่าแต่ละเรื่องทำขั้นตอนใด เมื่อใด โดยผู้ใด ไม่มีข้อมูลในเรื่อง ใช้กับโปรแกรมวิเคราะห์กระบวนงาน (process mining)',
  'auditing.log.format': 'รูปแบบ',
  'auditing.log.format.xes': 'XES (IEEE 1849)',
  'auditing.log.format.ocel': 'OCEL 2.0 (JSON)',
  'auditing.log.names': 'ระบุชื่อบัญชีผู้ใช้แทนนามแฝง',
  'auditing.log.save': 'ดาวน์โหลดบันทึกเหตุการณ์',
  'auditing.log.saved': 'ดาวน์โหลดแล้ว และบันทึกไว้ในบันทึกการตรวจสอบ',
};
