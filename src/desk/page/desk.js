import "./grid.js";

/** Shows the sheet and what is said of it. */
async function show() {
  const answer = await fetch("/api/sheet");
  const found = await answer.json();
  const grid = document.querySelector("award-grid");
  const faults = document.querySelector("#faults");
  if (found.faults) {
    for (const text of found.faults) line(faults, text, () => {});
    return;
  }
  const { balance } = found.report;
  document.querySelector("#balance").textContent = JSON.stringify(balance);
  const [sheet] = found.sheets;
  grid.sheet = sheet;
  for (const mark of sheet.marks) {
    line(faults, mark.words.join(" "), () => grid.reveal(mark.row, mark.column, { select: true }));
  }
}

function line(list, text, act) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", act);
  item.append(button);
  list.append(item);
}

void show();
