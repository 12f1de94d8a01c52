/** Asking again where the program says that it may pass: while something is made, the register is in use. */
import { Refusal } from "./api.js";

const PASSING = 503;
const PAUSE = 700;
const TRIES = 4;

/**
 * @template T
 * @param {() => Promise<T>} ask
 * @returns {Promise<T>}
 */
export async function patient(ask) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== PASSING || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
