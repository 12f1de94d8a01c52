/** The check page, by which anybody can verify a certificate without the program. */
import { post } from "../lib/api.js";
import { whileBusy } from "../lib/busy.js";
import { button, fill, h } from "../lib/dom.js";
import { refusalView } from "../lib/faults.js";
import { backLink } from "./register-places.js";
import { t } from "./register-anew-words.js";

/** @param {HTMLElement} root @returns {import("../lib/app.js").Mounted} */
export function mountPublish(root) {
  const line = h("p", { class: "quiet-text" });
  const result = h("div", { role: "status", class: "stack" });
  const go = button(t("publishGo"), publish, { class: "primary" });

  async function publish() {
    go.disabled = true;
    try {
      const { folder, files, address } = await whileBusy({ region: result, line, words: t("publishing") }, post("/api/publish"));
      fill(
        result,
        h("p", null, h("strong", null, t("published"))),
        h(
          "ul",
          { class: "files" },
          files.map((/** @type {string} */ file) => h("li", null, file)),
        ),
        h("p", null, t("inFolder", { path: folder })),
        address && h("p", null, t("addressIs", { address })),
      );
    } catch (error) {
      fill(result, refusalView(error));
    } finally {
      go.disabled = false;
    }
  }

  fill(
    root,
    h(
      "div",
      { class: "stack reading" },
      backLink(),
      h("h1", null, t("publishTitle")),
      h(
        "section",
        { class: "card stack" },
        h("p", null, t("publishWhat")),
        h("p", null, t("publishWhen")),
        h("p", { class: "buttons" }, go, line),
        result,
      ),
      h(
        "section",
        { class: "card" },
        h("h2", null, t("publishThen")),
        h("ol", { class: "ways" }, h("li", null, t("publishWay1")), h("li", null, t("publishWay2")), h("li", null, t("publishWay3"))),
      ),
    ),
  );
  return {};
}
