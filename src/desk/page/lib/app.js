/**
 * What every step shares: the state of the folder, and what the program tells unasked.
 *
 * @typedef {object} State  As `GET /api/state` gives it.
 * @property {number} version
 * @property {string} folder
 * @property {string} path
 * @property {string} place  What the contest is named by in calls.
 * @property {"zh" | "en"} lang
 * @property {boolean} begun
 * @property {{ name: string }} [contest]
 * @property {{ name: string, there: boolean }} [sheet]
 * @property {{ errors: number, warnings: number, infos: number }} [counts]
 * @property {{ at: "contest" | "sheet", faults: import("./api.js").Fault[] }} [stuck]
 * @property {{ running: any, last: any }} making
 *
 * @typedef {object} Mounted  A step that is shown.
 * @property {(state: State) => void} [changed]  The folder has changed, whoever did it; the state is the new one.
 * @property {(step: any) => void} [making]  How far the work is, several times a second.
 * @property {() => boolean} [mayLeave]  Whether nothing that was typed would be lost.
 * @property {() => void} [left]  It is no longer shown.
 *
 * @typedef {object} Step
 * @property {string} id
 * @property {(root: HTMLElement, app: App, rest: string) => Mounted} mount
 *   Shows the step; `rest` is what follows its name in the address, such as a certificate's number.
 */
import { get, setPlace } from "./api.js";

/** What a change was made for is asked for before the state of the whole folder, which takes longer; in milliseconds. */
const GIVE_WAY = 40;

export class App {
  constructor() {
    /** @type {State | undefined} */
    this.state = undefined;
    /** @type {Set<(state: State) => void>} */
    this.watching = new Set();
    /** @type {Set<(step: any) => void>} */
    this.following = new Set();
    /** @type {Set<(gone: boolean) => void>} */
    this.connected = new Set();
    this.looking = false;
    this.again = false;
  }

  /** Looks at the folder, and tells whoever watches. A look that is asked for meanwhile follows. */
  async look() {
    this.again = this.looking;
    if (this.looking) return;
    this.looking = true;
    try {
      do {
        this.again = false;
        /** @type {State} */
        const state = await get("/api/state");
        // A question about another contest must not be answered for this one.
        if (this.state && this.state.place !== state.place) document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
        setPlace(state.place);
        this.state = state;
        for (const tell of this.watching) tell(/** @type {State} */ (this.state));
      } while (this.again);
    } finally {
      this.looking = false;
    }
  }

  /** Listens to the program for as long as the page is open. */
  listen() {
    const source = new EventSource("/api/events");
    source.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (event.event === "making") for (const tell of this.following) tell(event.step);
      else if (event.event === "missed" || !this.state || event.version !== this.state.version) setTimeout(() => this.look().catch(() => {}), GIVE_WAY);
    };
    source.onopen = () => {
      for (const tell of this.connected) tell(false);
      this.look().catch(() => {});
    };
    source.onerror = () => {
      for (const tell of this.connected) tell(true);
    };
  }

  /** Shows another step, such as `#/check` or `#/register/JZ-001`. @param {string} step @param {string} [rest] */
  go(step, rest) {
    location.hash = `#/${step}${rest ? `/${encodeURIComponent(rest)}` : ""}`;
  }
}
