/** What can be made: which kinds, as drafts or for good, and what happens to rows with errors. */
import { button, fill, freshId, h } from "../lib/dom.js";
import { get, post } from "../lib/api.js";
import { ask } from "../lib/dialog.js";
import { refusalView } from "../lib/faults.js";
import { faultsWithWays } from "./make-result.js";
import { t } from "./make-words.js";

/**
 * @typedef {{ name: string, documents: number, new: number, numbered: boolean }} Kind
 *
 * @typedef {object} Choice  What was chosen, kept for as long as the tab is open.
 * @property {string[]} without  Kinds that are not to be made.
 * @property {boolean} hold
 */

/** So many rows are named that stay out. */
const NAMED = 40;

const KEY = "accolade-make";

/** @returns {Choice} */
function kept() {
  try {
    const { without, hold } = JSON.parse(sessionStorage.getItem(KEY) || "{}");
    return { without: Array.isArray(without) ? without : [], hold: hold === true };
  } catch (error) {
    return { without: [], hold: false };
  }
}

export class PlanView {
  /** @param {(making: any) => void} begun  It is being made now, in the state that is given. */
  constructor(begun) {
    this.begun = begun;
    /** Told once the button that was pressed is gone. @type {() => void} */
    this.follow = () => {};
    this.choice = kept();
    /** @type {Kind[]} */
    this.kinds = [];
    /** @type {string[]} */
    this.volumes = [];
    /** Which kind a volume binds. @type {Map<string, string>} */
    this.of = new Map();
    /** Errors of the sheet, once they are known. @type {import("../lib/api.js").Fault[]} */
    this.errors = [];
    this.count = 0;
    this.table = h("div", null);
    /** The box of each kind and volume. @type {Map<string, HTMLInputElement>} */
    this.boxes = new Map();
    this.held = h("section", { class: "stack", "aria-label": t("hold") });
    this.wrong = h("div", null);
    this.draft = button(t("makeDraft"), () => this.make({ draft: true }), { class: "big" });
    this.real = button(t("makeReal"), () => this.confirm(), { class: "primary big" });
    this.numbers = h("li", null);
    this.blocked = h("p", { class: "small wrong", id: freshId("blocked") });
    this.element = h("div", { class: "stack" }, this.wrong, h("div", { class: "make-plan" }, h("section", { class: "card stack" }, h("h2", null, t("what")), this.held, this.table), this.ways()));
  }

  ways() {
    const facts = (/** @type {string[]} */ names) => names.map((name) => h("li", null, t(/** @type {any} */ (name))));
    return h(
      "div",
      { class: "make-ways" },
      h("section", { class: "card stack" }, h("h2", null, t("draft")), h("ul", null, facts(["draftIs", "draftNumbers", "draftProof"])), h("p", null, this.draft)),
      h("section", { class: "card stack" }, h("h2", null, t("real")), h("ul", null, facts(["realIs"]), this.numbers, facts(["realEnd"])), h("p", null, this.real), this.blocked),
    );
  }

  /** Which kinds are to be made. */
  get chosen() {
    return this.kinds.filter((kind) => !this.choice.without.includes(kind.name) && kind.documents > 0);
  }

  /** Which volumes are. */
  get bound() {
    return this.volumes.filter((name) => !this.choice.without.includes(name));
  }

  /** @param {any} plan  As `GET /api/plan` gives it. @param {number} errors  How many the sheet has. */
  show(plan, errors) {
    this.kinds = plan.kinds;
    this.volumes = plan.volumes.map((/** @type {any} */ volume) => volume.name);
    // It is made with the kind that it binds, and spends its numbers.
    this.of = new Map(plan.volumes.map((/** @type {any} */ volume) => [volume.name, volume.of]));
    this.balance = plan.balance;
    this.count = errors;
    if (errors === 0) this.errors = [];
    else void this.lookForErrors();
    this.draw();
  }

  /** Which rows they are in; asked for only where there are any, since it is the whole sheet. */
  async lookForErrors() {
    try {
      const { faults } = await get("/api/sheet");
      this.errors = faults.filter((/** @type {any} */ fault) => fault.severity === "error" && !fault.allowed);
      this.drawHeld();
    } catch (error) {
      fill(this.held, refusalView(error));
    }
  }

  draw() {
    this.drawKinds();
    this.drawHeld();
    this.drawSums();
  }

  drawKinds() {
    this.boxes.clear();
    const boxes = this.kinds.map((kind) => {
      const id = freshId("kind");
      const box = h("input", { id, type: "checkbox", checked: !this.choice.without.includes(kind.name) && kind.documents > 0, disabled: kind.documents === 0, onchange: () => this.choose(kind.name, box.checked) });
      this.boxes.set(kind.name, box);
      const numbers = kind.documents === 0 ? t("notNow") : !kind.numbered ? t("noNumber") : kind.new === 0 ? t("known") : t("newOf", { count: kind.new });
      return h("tr", null, h("td", null, h("span", { class: "form-choice" }, box, h("label", { for: id }, kind.name))), h("td", { class: "make-number" }, kind.documents), h("td", { class: kind.new > 0 ? "make-number" : "make-number quiet-text" }, numbers));
    });
    const bound = this.volumes.map((name) => {
      const id = freshId("volume");
      const box = h("input", { id, type: "checkbox", checked: !this.choice.without.includes(name), onchange: () => this.choose(name, box.checked) });
      this.boxes.set(name, box);
      return h("tr", null, h("td", null, h("span", { class: "form-choice" }, box, h("label", { for: id }, name))), h("td", { class: "make-number quiet-text", colspan: 2 }, t("volume")));
    });
    this.sum = h("td", { class: "make-number" });
    this.sumNew = h("td", { class: "make-number" });
    fill(
      this.table,
      h(
        "table",
        { class: "list make-table-plan" },
        h("thead", null, h("tr", null, h("th", { scope: "col" }, t("kind")), h("th", { scope: "col", class: "make-number" }, t("documents")), h("th", { scope: "col", class: "make-number" }, t("numbers")))),
        h("tbody", null, boxes, bound),
        h("tfoot", null, h("tr", null, h("th", { scope: "row" }, t("total")), this.sum, this.sumNew)),
      ),
      this.kinds.every((kind) => kind.documents === 0) && h("p", { class: "wrong" }, t("nothing"), " ", h("a", { href: "#/check" }, t("toCheck"))),
    );
  }

  /** Ticks or not; a volume goes with the kind that it binds. @param {string} name @param {boolean} made */
  choose(name, made) {
    const names = [name];
    const of = this.of.get(name);
    if (made && this.volumes.includes(name)) names.push(...(of ? [of] : this.kinds.map((kind) => kind.name)));
    if (!made && !this.volumes.includes(name)) names.push(...this.volumes.filter((volume) => (this.of.get(volume) || name) === name));
    const rest = this.choice.without.filter((one) => !names.includes(one));
    this.keep({ ...this.choice, without: made ? rest : [...rest, ...names] });
    for (const [of, box] of this.boxes) box.checked = !box.disabled && !this.choice.without.includes(of);
    this.drawSums();
  }

  /** @param {Choice} choice */
  keep(choice) {
    this.choice = choice;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(choice));
    } catch (error) {
      // Asked again after a reload.
    }
  }

  get newNumbers() {
    return this.chosen.reduce((sum, kind) => sum + kind.new, 0);
  }

  get documents() {
    return this.chosen.reduce((sum, kind) => sum + kind.documents, 0);
  }

  drawSums() {
    if (!this.sum || !this.sumNew) return;
    const count = this.newNumbers;
    this.sum.textContent = String(this.documents);
    this.sumNew.textContent = String(count);
    this.numbers.textContent = count > 0 ? t("realNumbers", { count }) : t("realNoNumbers");
    const none = this.chosen.length + this.bound.length === 0;
    const blocked = this.count > 0 && !this.choice.hold;
    const nothing = this.kinds.every((kind) => kind.documents === 0);
    this.blocked.textContent = nothing ? "" : none ? t("chooseOne") : blocked ? t("realBlocked") : "";
    for (const one of [this.draft, this.real]) one.disabled = none || blocked || this.asking === true;
  }

  /** Errors, and the rows that would stay out. */
  drawHeld() {
    this.held.hidden = this.count === 0;
    if (this.count === 0) return;
    const whole = this.errors.filter((fault) => rowsOf(fault).length === 0);
    /** Each row, and the cell of it that is wrong. @type {Map<string, string>} */
    const rows = new Map();
    for (const fault of this.errors) for (const row of rowsOf(fault)) if (!rows.has(row)) rows.set(row, (rowsOf(fault).length === 1 && fault.cell) || row);
    const cells = [...rows.values()];
    const none = this.kinds.filter((kind) => kind.documents === 0).map((kind) => kind.name);
    const box = h("input", { type: "checkbox", checked: this.choice.hold, onchange: () => {
      this.keep({ ...this.choice, hold: box.checked });
      this.drawHeld();
      this.drawSums();
      const again = this.held.querySelector("input");
      if (again) again.focus();
    } });
    const can = whole.length === 0;
    const hold = [
      h("label", { class: "form-choice" }, box, h("strong", null, t("hold"))),
      this.choice.hold &&
        h(
          "div",
          { class: "stack small make-held" },
          h("p", null, t("holdRows", { count: this.balance ? this.balance.held || rows.size : rows.size })),
          h(
            "p",
            { class: "row" },
            cells.slice(0, NAMED).map((cell) => h("a", { href: `#/check/${encodeURIComponent(cell)}` }, cell)),
            cells.length > NAMED && h("span", null, t("holdMore", { count: cells.length - NAMED })),
          ),
          none.length > 0 && h("p", null, t("holdAll", { kinds: none.join("、") })),
        ),
    ];
    fill(
      this.held,
      h("h3", null, h("span", { class: "badge error", "aria-hidden": "true" }, this.count), " ", t("errors", { count: this.count })),
      h("p", { class: "row" }, t("errorsStop"), h("a", { class: "button", href: "#/check" }, t("toCheck"))),
      can ? hold : [h("p", null, t("holdNot")), h("div", { class: "make-faults" }, faultsWithWays(whole))],
    );
  }

  async confirm() {
    const count = this.newNumbers;
    const hold = this.count > 0 && this.choice.hold;
    const kinds = [...this.chosen.map((kind) => `${kind.name} ${kind.documents}`), ...this.bound].join("、");
    const done = await ask({
      title: t("confirmTitle"),
      body: [
        h("p", null, t("confirmWhat", { count: this.documents, kinds })),
        h("p", null, h("strong", null, count > 0 ? t("confirmNumbers", { count }) : t("confirmNoNumbers"))),
        hold && h("p", null, t("confirmHold", { rows: this.balance ? this.balance.held : "" })),
        h("p", { class: "quiet-text" }, t("confirmEnd")),
      ],
      go: t("real"),
      act: () => this.begin({ draft: false }),
    });
    if (done) this.follow();
  }

  /** @param {{ draft: boolean, replace?: boolean, hold?: boolean, only?: string[] }} how */
  async begin(how) {
    const all = [...this.kinds.filter((kind) => kind.documents > 0).map((kind) => kind.name), ...this.volumes];
    const some = [...this.chosen.map((kind) => kind.name), ...this.bound];
    const only = some.length === all.length ? [] : some;
    this.begun(await post("/api/make", { hold: this.count > 0 && this.choice.hold, only, replace: false, ...how }));
  }

  /** @param {{ draft: boolean }} how */
  async make(how) {
    this.asking = true;
    this.drawSums();
    fill(this.wrong);
    try {
      await this.begin(how);
      this.follow();
    } catch (error) {
      fill(this.wrong, refusalView(error));
    } finally {
      this.asking = false;
      this.drawSums();
    }
  }
}

/** The rows that a fault keeps back. @param {import("../lib/api.js").Fault & { rows?: string[] }} fault */
function rowsOf(fault) {
  return fault.rows || [];
}
