/** Drawing a diagram from the panel: by keyboard, and on a telephone. */
export const drawingTh = {
  'drawing.title': 'การวาดผัง',
  'drawing.after': 'สิ่งที่ตามมา',
  'drawing.flow': 'เส้นทางไปยังรายการที่มีอยู่',
  'drawing.remove': 'ลบออกจากผัง',
  'drawing.UserTask': 'งานของเจ้าหน้าที่',
  'drawing.ExclusiveGateway': 'ทางเลือกทางเดียว',
  'drawing.ParallelGateway': 'ทำทุกทางพร้อมกัน',
  'drawing.BusinessRuleTask': 'งานตามตารางตัดสินใจ',
  'drawing.CallActivity': 'เรียกกระบวนงานอื่น',
  'drawing.SubProcess': 'กระบวนงานย่อย',
  'drawing.EndEvent': 'จุดสิ้นสุด',
};
