/** Questions that must be answered before something is done. */
import { button, freshId, h } from "./dom.js";
import { refusalView } from "./faults.js";
import { speaker } from "./words.js";

const t = speaker({
  zh: { cancel: "取消", reason: "原因", reasonNeeded: "请写明原因", close: "关闭" },
  en: { cancel: "Cancel", reason: "Reason", reasonNeeded: "Please give a reason", close: "Close" },
});

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {any[]} body
 * @property {string} go  What the button says that does it.
 * @property {boolean} [danger]
 * @property {boolean} [reason]  Whether a reason has to be given.
 * @property {string} [usualReason]
 * @property {(reason: string) => Promise<any>} act  Does it; what it throws is shown, and the question stays.
 */

/**
 * Asks, and does what is asked for; the answer is whether it was done.
 *
 * @param {Question} question
 * @returns {Promise<boolean>}
 */
export function ask(question) {
  const title = freshId("title");
  const wrong = h("div", null);
  const field = freshId("reason");
  const reason = question.reason
    ? h("input", { id: field, type: "text", value: question.usualReason || "", required: true, autocomplete: "off" })
    : undefined;
  const go = h("button", { type: "submit", class: question.danger ? "primary danger" : "primary" }, question.go);
  const form = h(
    "form",
    { method: "dialog", noValidate: true },
    h("h2", { id: title }, question.title),
    h("div", { class: "dialog-body" }, question.body),
    reason && h("p", { class: "field" }, h("label", { for: field }, t("reason")), reason),
    wrong,
    h("p", { class: "buttons" }, button(t("cancel"), () => dialog.close()), go),
  );
  const dialog = h("dialog", { "aria-labelledby": title }, form);
  document.body.append(dialog);
  const before = document.activeElement;
  return new Promise((resolve) => {
    let done = false;
    form.addEventListener("submit", async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (go.disabled) return;
      if (reason && reason.value.trim() === "") {
        wrong.textContent = t("reasonNeeded");
        wrong.className = "wrong";
        reason.setAttribute("aria-invalid", "true");
        reason.focus();
        return;
      }
      go.disabled = true;
      try {
        await question.act(reason ? reason.value.trim() : "");
        done = true;
        dialog.close();
      } catch (error) {
        wrong.className = "";
        wrong.replaceChildren(refusalView(error));
      } finally {
        go.disabled = false;
      }
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement) before.focus();
      resolve(done);
    });
    dialog.showModal();
    (reason || go).focus();
  });
}
