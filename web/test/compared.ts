/** A comparison of two versions as the server answers it. */
import type { ComparedDiagram, ModelChange, ModelComparison } from '../src/api/modelComparisons';

export const warning: ModelChange = {
  part: 'ELEMENT',
  processDefinitionId: 'p',
  id: 'Task',
  title: { th: 'ขั้นตอนที่ 5 “ตรวจ”', en: 'Step 5 “Check”' },
  code: 'control-point-removed',
  kind: 'REMOVED',
  severity: 'WARNING',
  message: { th: 'ตัดจุดควบคุมออก: “แนบหลักฐาน”', en: 'Control point removed: “Evidence attached”' },
};

export const shorter: ModelChange = {
  ...warning,
  code: 'standard-time',
  kind: 'CHANGED',
  severity: 'INFO',
  message: { th: 'เวลามาตรฐาน: 14 เป็น 10 วันทำการ', en: 'Standard time: 14 to 10 working days' },
};

export const field: ModelChange = {
  ...warning,
  part: 'FORM',
  processDefinitionId: null,
  id: 'p.check',
  title: { th: 'แบบฟอร์ม “ตรวจ”', en: 'Form “Check”' },
  code: 'field-added',
  kind: 'ADDED',
  severity: 'INFO',
  message: { th: 'เพิ่มช่อง “หมายเหตุ”', en: 'Field added: “Note”' },
};

export function compared(changes: ModelChange[], diagrams: ComparedDiagram[] = []): ModelComparison {
  return { changes, moreChanges: 0, unreadable: [], diagrams };
}
