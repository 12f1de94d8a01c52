/** A page as accolade's might be, with a pretended server: it answers after a moment, and refuses a text with “×”. */
import "./grid.js";
import { chinese } from "./grid/words-zh.js";

const HEADINGS = [
  "序号",
  "组别",
  "奖项",
  "项目名称",
  "参赛单位（团队）",
  "核心成员",
  "推荐单位",
  "得分",
  "联系人",
  "联系电话",
];
const WIDTHS = [7, 10, 10, 34, 30, 28, 12, 8, 10, 15];
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const AWARDS = ["一等奖", "二等奖", "三等奖", "优秀奖"];
const SUBJECTS = [
  "智能巡检机器人",
  "新型储能材料",
  "工业视觉检测平台",
  "玻璃器皿数字化产线",
  "农产品冷链溯源系统",
  "低浓度瓦斯综合利用",
];
const PLACES = ["榆次区", "太谷区", "祁县", "平遥县", "介休市", "灵石县"];
const FAMILY = "甲乙丙丁戊己庚辛壬癸";

/** @param {string} id */
const find = (id) => /** @type {any} */ (document.getElementById(id));
const grid = /** @type {import("./grid.js").AwardGrid} */ (find("grid"));

/** @param {number} index */
function entrant(index) {
  const subject = SUBJECTS[index % SUBJECTS.length];
  const members = [0, 1, 2, 3]
    .slice(0, 2 + (index % 3))
    .map((nth) => FAMILY[(index + nth) % 10] + "某" + FAMILY[(index * 3 + nth) % 10]);
  return [
    String(index + 1),
    "",
    "",
    `${subject}的研发与产业化（${index + 1}号）`,
    `示例${PLACES[index % 6].slice(0, 2)}科技有限公司`,
    members.join("、"),
    PLACES[index % 6],
    (95 - (index % 300) / 10).toFixed(1),
    members[0],
    `0354-000${String(1000 + (index % 9000))}`,
  ];
}

/** Fills the columns beyond those that are named. @param {string[]} row @param {number} columns */
function padded(row, columns) {
  while (row.length < columns) row.push(`${row[0]}-${LETTERS[row.length]}`);
  return row;
}

/** @param {number} rows @param {number} columns @returns {import("./grid/types.js").SheetData} */
export function sampleSheet(rows, columns) {
  const blank = new Array(columns).fill("");
  const cells = [
    ["2026年示例创新创业大赛获奖名单", ...blank.slice(1)],
    padded(HEADINGS.slice(), columns),
    ["企业组", ...blank.slice(1)],
  ];
  const roles = ["title", "header", "section"];
  const merges = [[0, 0, 1, columns]];
  while (cells.length < rows - 2) {
    const from = cells.length;
    const count = Math.min(5 + ((from * 7) % 11), rows - 2 - from);
    for (let nth = 0; nth < count; nth++) cells.push(padded(entrant(cells.length - 3), columns));
    for (let nth = 0; nth < count; nth++) roles.push("entrant");
    cells[from][1] = "企业组";
    cells[from][2] = AWARDS[from % 4];
    if (count > 1) merges.push([from, 1, count, 1], [from, 2, count, 1]);
  }
  cells.push(blank.slice(), ["合计", "", "", `${rows - 5} 项`, ...blank.slice(4)]);
  roles.push("empty", "skipped");
  const widths = WIDTHS.concat(new Array(30).fill(12)).slice(0, columns);
  return {
    name: "获奖名单",
    rows,
    columns: widths.map((width, column) => ({ letter: LETTERS[column], width })),
    cells,
    roles: /** @type {import("./grid/types.js").Role[]} */ (roles),
    merges,
    hidden: { rows: [15, 16], columns: [8] },
    marks: [],
    edits: [{ row: 8, column: 3, was: "工业视觉检侧平台", reason: "参赛单位来电更正" }],
  };
}

/** Faults at fixed cells, as long as their texts are what they were. @param {import("./grid/types.js").SheetData} sheet */
function check(sheet) {
  /** @type {import("./grid/types.js").Mark[]} */
  const marks = [
    { row: 4, column: 5, severity: "error", words: ["姓名“乙  某”中有多余的空格。"] },
    {
      row: 6,
      column: 4,
      severity: "warning",
      words: ["同一单位名称有两种写法：“示例祁县科技有限公司”“示例祁县科技公司”。"],
    },
    { row: 6, column: 9, severity: "notice", words: ["电话号码比其他行少一位。"] },
    { row: 9, column: 7, severity: "error", words: ["得分“九十”不是数字。", "得分高于前一名。"] },
    { row: 15, column: 3, severity: "warning", words: ["此行已隐藏，但仍会制作证书。"] },
    { row: 40, column: 3, severity: "error", words: ["项目名称为空。"] },
    { row: sheet.rows - 1, column: 0, severity: "notice", words: ["没有项目和单位，是合计行。"] },
  ];
  return marks.filter((mark) => !mended.has(mark.row + "," + mark.column)).map((mark, fault) => ({ ...mark, fault }));
}

/** @type {Set<string>} */
let mended = new Set();
let words = chinese;

/** @param {number} rows @param {number} columns */
function load(rows, columns) {
  mended = new Set();
  const sheet = sampleSheet(rows, columns);
  sheet.cells[4][5] = "乙  某、丙某甲";
  sheet.cells[9][7] = "九十";
  sheet.cells[6][5] = "癸某己\n甲某庚";
  sheet.cells[40][3] = "";
  sheet.marks = check(sheet);
  grid.sheet = sheet;
  list(sheet.marks);
}

/** @param {import("./grid/types.js").Mark[]} marks */
function list(marks) {
  const faults = find("faults");
  faults.textContent = "";
  for (const mark of marks) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.textContent = `${LETTERS[mark.column]}${mark.row + 1} ${words[mark.severity]}：${mark.words[0]}`;
    button.addEventListener("click", () => grid.reveal(mark.row, mark.column, { focus: true }));
    item.append(button);
    faults.append(item);
  }
}

grid.addEventListener("celledit", (event) => {
  const { changes } = /** @type {import("./grid.js").CellEditEvent} */ (event).detail;
  setTimeout(() => {
    if (changes.some((change) => change.now.includes("×"))) {
      grid.refuse(changes, words === chinese ? "“×”不能用在证书上。" : "“×” cannot stand on a certificate.");
      return;
    }
    for (const { row, column } of changes) mended.add(row + "," + column);
    const marks = grid.sheet ? check(grid.sheet) : [];
    const edits = changes.map(({ row, column, was }) => ({ row, column, was, reason: "" }));
    grid.update({ cells: changes.map(({ row, column, now }) => ({ row, column, text: now })), marks, edits });
    list(marks);
  }, 400);
});

find("language").addEventListener("change", (/** @type {any} */ event) => {
  document.documentElement.lang = event.target.value === "en" ? "en" : "zh-CN";
  grid.words = event.target.value === "en" ? {} : chinese;
});
find("theme").addEventListener("change", (/** @type {any} */ event) => {
  document.documentElement.setAttribute("data-theme", event.target.value);
});
find("rows").addEventListener("change", (/** @type {any} */ event) =>
  load(Number(event.target.value), Number(event.target.value) > 312 ? 20 : 10),
);
find("locked").addEventListener("change", (/** @type {any} */ event) => {
  grid.readOnly = event.target.checked;
});
find("hidden").addEventListener("change", (/** @type {any} */ event) => {
  grid.showHidden = event.target.checked;
});

grid.words = words;
load(312, 10);
