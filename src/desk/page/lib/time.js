/** Moments as people read them. */

/** A moment of the program, which is in UTC, as the clock on this desk shows it. @param {string} moment */
export function localTime(moment) {
  const at = new Date(moment);
  if (isNaN(at.getTime())) return moment;
  /** @param {number} value */
  const two = (value) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
