/** A file of two decisions: a table of prices, and a sum that needs it. */
export const PRICES = `<?xml version="1.0" encoding="UTF-8"?>
<!-- kept by the office -->
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:c="urn:c" id="prices" name="ราคา" namespace="urn:p">
  <decision id="price" name="ราคา">
    <extensionElements><c:kept any="thing"/></extensionElements>
    <decisionTable id="t" hitPolicy="FIRST">
      <input id="in" label="จำนวน | Amount"><inputExpression id="in-e" typeRef="number"><text>amount</text></inputExpression></input>
      <output id="out" label="ราคา | Price" name="price" typeRef="number"/>
      <rule id="many">
        <description>มาก | Many</description>
        <inputEntry id="many-in"><text>&gt;= 10</text></inputEntry>
        <outputEntry id="many-out"><text>9</text></outputEntry>
      </rule>
      <rule id="few">
        <inputEntry id="few-in"><text>-</text></inputEntry>
        <outputEntry id="few-out"><text>12.5</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <decision id="sum" name="รวม">
    <informationRequirement id="r"><requiredDecision href="#price"/></informationRequirement>
    <literalExpression id="sum-e"><text>price * amount</text></literalExpression>
  </decision>
</definitions>
`;
