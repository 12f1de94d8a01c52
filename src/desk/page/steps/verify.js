/** 核验: whether a certificate is genuine and still counts. */
import { send } from "../lib/api.js";
import { whileBusy } from "../lib/busy.js";
import { button, fill, freshId, h } from "../lib/dom.js";
import { dropZone } from "../lib/drop.js";
import { refusalView } from "../lib/faults.js";
import { greyOf, isPhoto } from "./verify-photo.js";
import { verdictView } from "./verify-verdict.js";
import { t } from "./verify-words.js";

/** What was verified last, for whoever comes back from the register; and what was pasted. */
const kept = { folder: "", lang: "", name: "", verdict: /** @type {any} */ (undefined), text: "" };

/** @type {import("../lib/app.js").Step} */
export const verify = {
  id: "verify",
  mount(root, app) {
    const folder = (app.state && app.state.path) || "";
    const { lang } = document.documentElement;
    if (kept.folder !== folder || kept.lang !== lang) Object.assign(kept, { folder, lang, verdict: undefined });
    let turn = 0;
    const line = h("p", { class: "quiet-text", role: "status" });
    const result = h("div", { class: "stack", role: "region", "aria-label": t("title"), tabindex: "-1" });
    const id = freshId("text");
    const none = h("span", { class: "wrong", role: "alert" });
    const text = h("textarea", {
      id,
      rows: 3,
      value: kept.text,
      spellcheck: false,
      oninput: () => {
        kept.text = text.value;
        none.textContent = "";
      },
    });
    const zone = dropZone({
      words: [h("p", null, h("strong", null, t("drop"))), h("p", { class: "quiet-text" }, t("kinds"))],
      choose: t("choose"),
      accept: ".pdf,.zip,.txt,image/*",
      take: (file) => judge(file.name, () => (isPhoto(file) ? photo(file) : send("/api/verify", file, { name: file.name }))),
    });
    const typed = h(
      "form",
      {
        class: "card field paste",
        noValidate: true,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          pasted();
        },
      },
      h("label", { for: id }, t("textLabel")),
      text,
      h("p", { class: "buttons" }, h("button", { type: "submit" }, t("textGo")), none),
    );
    fill(
      root,
      h(
        "div",
        { class: "stack" },
        h("div", { class: "row" }, h("h1", null, t("title")), h("p", { class: "quiet-text grow" }, t("about"))),
        h("div", { class: "verify-in no-print" }, zone, typed),
        line,
        result,
      ),
    );
    root.addEventListener("paste", take);
    if (kept.verdict) show();

    /** A file that is pasted anywhere on the page. @param {ClipboardEvent} event */
    function take(event) {
      const file = event.clipboardData && event.clipboardData.files[0];
      if (!file) return;
      event.preventDefault();
      void judge(file.name, () => (isPhoto(file) ? photo(file) : send("/api/verify", file, { name: file.name })));
    }

    /** @param {File} file */
    async function photo(file) {
      const { width, height, grey } = await greyOf(file);
      return send("/api/verify/photo", new Blob([grey]), { width, height });
    }

    function pasted() {
      if (text.value.trim() === "") {
        none.textContent = t("textNone");
        text.focus();
        return;
      }
      void judge(t("pasted"), () => send("/api/verify", new Blob([text.value.trim()]), { name: "code.txt" }));
    }

    /** @param {string} name @param {() => Promise<any>} asked */
    async function judge(name, asked) {
      turn += 1;
      const mine = turn;
      fill(result);
      kept.verdict = undefined;
      try {
        const verdict = await whileBusy({ region: result, line, words: t("working", { name }) }, asked());
        if (mine !== turn) return;
        Object.assign(kept, { name, verdict });
        show();
        result.focus({ preventScroll: true });
        result.scrollIntoView({ block: "start" });
      } catch (error) {
        if (mine === turn) fill(result, refusalView(error));
      }
    }

    function show() {
      fill(
        result,
        verdictView(kept.name, kept.verdict),
        h(
          "p",
          { class: "row no-print" },
          button(t("print"), () => window.print()),
          h("span", { class: "quiet-text" }, t("another")),
        ),
      );
    }

    return {
      left() {
        turn += 1;
        root.removeEventListener("paste", take);
      },
    };
  },
};
