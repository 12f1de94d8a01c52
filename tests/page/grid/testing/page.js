import "../grid.js";

/** A small sheet with everything that a sheet may have. */
function smallSheet() {
  const cells = [
    ["Awards of the fair", "", "", "", ""],
    ["No", "Award", "Project", "Members", "Score"],
    ["Schools", "", "", "", ""],
    ["1", "First", "Sun", "甲、乙", "95"],
    ["2", "", "Moon", "丙", "94"],
    ["3", "", "Stars", "", "93"],
    ["4", "Second", "Rain", "丁", "92"],
    ["", "", "", "", ""],
    ["Sum", "", "", "", "374"],
  ];
  while (cells.length < 60) cells.push([String(cells.length - 4), "Third", "Project " + cells.length, "戊", "80"]);
  const roles = ["title", "header", "section", "entrant", "entrant", "entrant", "entrant", "empty", "skipped"];
  while (roles.length < 60) roles.push("entrant");
  return {
    name: "Fair",
    rows: 60,
    columns: ["A", "B", "C", "D", "E"].map((letter, column) => ({ letter, width: [6, 10, 24, 24, 8][column] })),
    cells,
    roles,
    merges: [
      [0, 0, 1, 5],
      [3, 1, 3, 1],
    ],
    hidden: { rows: [11, 12], columns: [] },
    marks: [
      { row: 5, column: 3, severity: "error", words: ["The members are missing."], fault: 1 },
      { row: 4, column: 2, severity: "warning", words: ["A rare name."], fault: 2 },
      { row: 8, column: 0, severity: "notice", words: ["It has no project."], fault: 3 },
    ],
    edits: [{ row: 6, column: 2, was: "Rian", reason: "A slip." }],
  };
}

function largeSheet(rows, columns) {
  const cells = [];
  for (let row = 0; row < rows; row++) {
    const line = [];
    for (let column = 0; column < columns; column++)
      line.push(row === 0 ? "Column " + column : `第${row}行 cell ${column}`);
    cells.push(line);
  }
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const marks = [];
  for (let row = 5; row < rows; row += 7)
    marks.push({ row, column: row % columns, severity: ["error", "warning", "notice"][row % 3], words: ["A fault."] });
  const merges = [];
  for (let row = 1; row + 5 < rows; row += 5) merges.push([row, 1, 5, 1]);
  return {
    name: "Large",
    rows,
    columns: cells[0].map((_, column) => ({
      letter: (column >= 26 ? letters[Math.floor(column / 26) - 1] : "") + letters[column % 26],
      width: 12,
    })),
    cells,
    roles: cells.map((_, row) => (row === 0 ? "header" : "entrant")),
    merges,
    hidden: {},
    marks,
    edits: [],
  };
}

const grid = document.getElementById("grid");
const log = [];
for (const name of ["celledit", "cellselect", "gridundo", "gridredo"]) {
  grid.addEventListener(name, (event) => log.push({ name, detail: event.detail }));
}

/** What the tests ask of the page. */
window.bench = {
  grid,
  smallSheet,
  largeSheet,
  reset() {
    grid.words = {};
    grid.readOnly = false;
    grid.sheet = smallSheet();
    grid.focus();
    log.length = 0;
  },
  cell: (row, column) => grid.querySelector(`[aria-rowindex="${row + 1}"] > [aria-colindex="${column + 1}"]`),
  shown(row, column) {
    const cell = window.bench.cell(row, column);
    const text = cell.querySelector(".ag-text");
    return (text || cell).textContent;
  },
  centre(row, column) {
    const box = window.bench.cell(row, column).getBoundingClientRect();
    return [box.left + box.width / 2, box.top + Math.min(box.height / 2, 14)];
  },
  events: (name) => log.filter((event) => event.name === name).map((event) => event.detail),
  editor: () => grid.querySelector("textarea"),
  open: () => grid.querySelector("textarea").classList.contains("ag-open"),
  bar: () => Array.from(grid.querySelector(".ag-bar").children, (part) => part.textContent),
  message: () => grid.querySelector(".ag-message").textContent,
  tooltip: () => {
    const tooltip = grid.querySelector(".ag-tooltip");
    return tooltip.hidden ? undefined : tooltip.textContent;
  },
};
window.bench.reset();
