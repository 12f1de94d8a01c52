/** The reason that has to be given before something is written. */
import { freshId, h } from "../lib/dom.js";
import { t } from "./register-anew-words.js";

/** @param {string} value @param {(reason: string) => void} typed */
export function reasonField(value, typed) {
  const id = freshId("reason");
  const meaning = freshId("meaning");
  const wrong = h("span", { class: "wrong", role: "alert" });
  const input = h("input", {
    id,
    type: "text",
    value,
    required: true,
    autocomplete: "off",
    "aria-describedby": meaning,
    oninput: () => {
      typed(input.value);
      mark(false);
    },
  });

  /** @param {boolean} missing */
  function mark(missing) {
    wrong.textContent = missing ? t("reasonNeeded") : "";
    if (missing) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  return {
    view: h(
      "p",
      { class: "field" },
      h("label", { for: id }, t("reason")),
      h("span", { class: "meaning", id: meaning }, t("reasonHelp")),
      input,
      wrong,
    ),
    /** Whether it is given; says so where it is not. */
    complete() {
      const given = input.value.trim() !== "";
      mark(!given);
      if (!given) input.focus();
      return given;
    },
  };
}
