/** One certificate: every copy and its history, how it looks now, and what can be done about it. */
import { get, post } from "../lib/api.js";
import { whileBusy } from "../lib/busy.js";
import { ask } from "../lib/dialog.js";
import { button, fill, h } from "../lib/dom.js";
import { faultView, refusalView } from "../lib/faults.js";
import { Paper } from "../lib/paper.js";
import { patient } from "../lib/patient.js";
import { localTime } from "../lib/time.js";
import { Anew } from "./register-anew.js";
import { changesView, zoomField } from "./register-compare.js";
import { draftOf } from "./register-drafts.js";
import { backLink, statusChip } from "./register-places.js";
import { t } from "./register-words.js";

/**
 * @typedef {object} Copy
 * @property {number} revision
 * @property {string} status
 * @property {string} says  The status in words.
 * @property {boolean} issued
 * @property {string} time
 * @property {string | null} reason
 * @property {{ label: string, text: string }[]} facts
 * @property {{ label: string, was: string, now: string }[]} changes  In what it differs from the copy before it.
 *
 * @typedef {object} Certificate
 * @property {string} number
 * @property {string} kind
 * @property {string} status
 * @property {Copy[]} copies  The one that counts first.
 * @property {{ says: string, time: string, reason: string | null }[]} events  When it was revoked and made valid again, the last first.
 * @property {import("./register-anew.js").FormField[] | null} form
 * @property {import("../lib/api.js").Fault[]} [no_form]  Why it cannot be corrected here.
 * @property {string[]} others  The kinds that can be made anew with it.
 */

/** @param {HTMLElement} root @param {import("../lib/app.js").App} app @param {string} number @returns {import("../lib/app.js").Mounted} */
export function mountOne(root, app, number) {
  const folder = (app.state && app.state.path) || "";
  let turn = 0;
  let drawn = "";
  /** @type {Anew | undefined} */
  let anew;
  const line = h("p", { class: "quiet-text", role: "status" });
  const wrong = h("div", null);
  const done = h("div", { role: "status", class: "stack", tabindex: "-1" });
  const title = h("h1", null, number);
  const head = h("div", { class: "row" }, title);
  const acts = h("div", { class: "stack" });
  const anewPlace = h("div", null);
  const paper = new Paper(t("picturePlace"));
  const caption = h("p", { class: "quiet-text small" });
  const history = h("div", { class: "stack" });
  const pictured = h(
    "section",
    { class: "card" },
    h(
      "div",
      { class: "row between" },
      h("h2", null, t("asItIs")),
      zoomField((zoom) => paper.magnify(zoom)),
    ),
    paper.view,
    caption,
  );
  const content = h(
    "div",
    { class: "stack", hidden: true },
    done,
    acts,
    anewPlace,
    h("div", { class: "one" }, h("section", { class: "card" }, h("h2", null, t("history")), history), pictured),
  );
  fill(root, h("div", { class: "stack" }, backLink(), head, line, wrong, content));

  async function look() {
    turn += 1;
    const mine = turn;
    try {
      const certificate = await whileBusy(
        { region: content, line, words: t("loading") },
        patient(() => get("/api/certificate", { number })),
      );
      if (mine !== turn) return;
      fill(wrong);
      show(certificate);
    } catch (error) {
      if (mine === turn) fill(wrong, refusalView(error));
    }
  }

  /** @param {Certificate} certificate */
  function show(certificate) {
    const now = JSON.stringify(certificate);
    if (now === drawn) return;
    drawn = now;
    content.hidden = false;
    const current = certificate.copies[0];
    fill(
      head,
      title,
      statusChip(current, current.says),
      h("span", null, certificate.kind),
      h("span", null, t("nth", { n: current.revision })),
    );
    drawActs(certificate);
    fill(history, certificate.events.map(eventView), certificate.copies.map(copyView));
    void drawPage(current.revision);
    if (anew && anew.work.running) return;
    // Somebody else has changed it meanwhile: what was typed goes on from what it says now.
    if (anew) close();
    if (certificate.form && certificate.status !== "revoked" && draftOf(folder, number).open) reissue(certificate);
  }

  /** @param {number} revision */
  async function drawPage(revision) {
    const headers = await paper.show("/api/certificate/page.png", { number, page: 1 }, t("pictureAlt", { number, n: revision }));
    if (headers) caption.textContent = t(headers.get("accolade-drawn") === "register" ? "asDrawn" : "asIssued", { n: revision });
  }

  /** @param {Certificate} certificate */
  function drawActs(certificate) {
    const revoked = certificate.status === "revoked";
    const anewButton = button(t("reissue"), () => begin(certificate), { class: "primary", disabled: Boolean(anew) || !certificate.form });
    /** @param {HTMLElement} control @param {string} help */
    const act = (control, help) => h("div", { class: "act" }, control, h("p", { class: "small quiet-text" }, help));
    fill(
      acts,
      h(
        "section",
        { class: "card acts no-print", "aria-label": t("acts") },
        revoked
          ? act(
              button(t("reinstate"), () => change(certificate, "reinstate")),
              `${t("reinstateHelp")}${t("revokedNote")}`,
            )
          : [
              act(anewButton, t("reissueHelp")),
              act(
                button(t("revoke"), () => change(certificate, "revoke")),
                t("revokeHelp"),
              ),
            ],
      ),
      !revoked && (certificate.no_form || []).map((fault) => faultView(fault)),
    );
  }

  /** @param {Certificate} certificate */
  function reissue(certificate) {
    anew = new Anew(folder, certificate, (view) => {
      close();
      fill(done, view);
      drawn = "";
      void look();
      if (view) {
        root.scrollTop = 0;
        done.focus({ preventScroll: true });
      }
    });
    fill(anewPlace, anew.view);
    drawActs(certificate);
  }

  function close() {
    if (anew) anew.left();
    anew = undefined;
    fill(anewPlace);
  }

  /** @param {Certificate} certificate */
  function begin(certificate) {
    fill(done);
    reissue(certificate);
    if (anew) anew.heading.focus();
  }

  /** @param {Certificate} certificate @param {"revoke" | "reinstate"} what */
  async function change(certificate, what) {
    const recipient = recipientOf(certificate);
    const words =
      what === "revoke"
        ? /** @type {const} */ (["revokeTitle", "revokeBody", "revokeGo"])
        : /** @type {const} */ (["reinstateTitle", "reinstateBody", "reinstateGo"]);
    /** @type {Certificate | undefined} */
    let after;
    const did = await ask({
      title: t(words[0], { number }),
      body: [h("p", null, t(words[1], { recipient })), h("p", { class: "quiet-text" }, t("republish"))],
      go: t(words[2]),
      danger: what === "revoke",
      reason: true,
      act: async (reason) => {
        after = await post(`/api/${what}`, { number, reason });
      },
    });
    if (!did || !after) return;
    show(after);
    fill(done, h("p", { class: "fault info" }, t(what === "revoke" ? "revokedDone" : "reinstatedDone"), " ", t("republish")));
    const first = acts.querySelector("button");
    if (first) first.focus();
  }

  void look();
  return {
    changed() {
      // What is being made holds the register; its end looks again.
      if (anew && anew.work.running) void anew.work.look();
      else void look();
    },
    making(step) {
      if (anew) anew.work.follow(step);
    },
    left() {
      turn += 1;
      paper.clear();
      if (anew) anew.left();
    },
  };
}

/** When it was revoked or made valid again. @param {Certificate["events"][0]} event */
function eventView({ says, time, reason }) {
  return h(
    "section",
    { class: "copy" },
    h("div", { class: "row" }, h("h3", null, says), h("span", { class: "quiet-text small" }, localTime(time))),
    reason && h("p", null, t("because", { reason })),
  );
}

/** One copy, and in what it differs from the one before it. @param {Copy} copy */
function copyView(copy) {
  const facts = h(
    "dl",
    { class: "facts" },
    copy.facts.map(({ label, text }) => h("div", null, h("dt", null, label), h("dd", null, text))),
  );
  return h(
    "section",
    { class: "copy" },
    h(
      "div",
      { class: "row" },
      h("h3", null, t("nth", { n: copy.revision })),
      statusChip(copy, copy.says),
      h("span", { class: "quiet-text small" }, localTime(copy.time)),
    ),
    copy.reason && h("p", null, t("because", { reason: copy.reason })),
    copy.changes.length > 0 && changesView(copy.changes),
    copy.status === "superseded" ? h("details", null, h("summary", null, t("states")), facts) : facts,
  );
}

/** Whom it is for, in words, of what it states. @param {Certificate} certificate */
function recipientOf(certificate) {
  for (const name of ["member", "organization", "members"]) {
    const field = (certificate.form || []).find((one) => one.fact === name && one.value);
    if (field) return field.value;
  }
  return certificate.number;
}
