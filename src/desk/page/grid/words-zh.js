/** @type {import("./words.js").Words} Every string that the grid shows or speaks, in Chinese. */
export const chinese = {
  label: "获奖名单 {sheet}",
  help: "方向键移动。直接输入可替换单元格内容，F2 修改，Delete 清除。Tab 移到下一个单元格。要离开表格，先按 Esc，再按 Tab。",
  hint: "F2 修改 · 先按 Esc 再按 Tab 离开表格",
  leaving: "现在按 Tab 离开表格。",
  blank: "空",
  block: "{from}:{to}，共 {cells} 个单元格",
  copied: "已复制 {cells} 个单元格",

  mark: "{severity}：{sentence}",
  error: "错误",
  warning: "警告",
  notice: "提示",

  edited: "原为“{was}”。{reason}",
  editedFromBlank: "原为空。{reason}",
  saving: "正在保存…",
  refused: "未修改：{sentence}",

  title: "标题",
  section: "分节标题",
  header: "表头",
  skipped: "已跳过",
  skippedWhy: "已跳过：{why}",
  merged: "合并单元格 {range}",

  hiddenRow: "第 {first} 行已隐藏。点击此线或按 Ctrl+Shift+9 显示。",
  hiddenRows: "第 {first} 至 {last} 行已隐藏。点击此线或按 Ctrl+Shift+9 显示。",
  hiddenColumn: "{first} 列已隐藏。点击此线或按 Ctrl+Shift+0 显示。",
  hiddenColumns: "{first} 至 {last} 列已隐藏。点击此线或按 Ctrl+Shift+0 显示。",

  readOnly: "现在不能修改此表。",
  emptyRow: "第 {row} 行是空行，请在 WPS 表格中添加行。",
  covered: "{address} 属于合并单元格 {range}，请修改 {owner}。",
  tooLarge: "未粘贴：{rows} 行 × {columns} 列的区域超出了表的范围。",
};
