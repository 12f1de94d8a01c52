/** How many pixels a run of hidden rows or columns takes: enough for a line that can be clicked. */
export const FOLD = 8;

/**
 * The rows, or the columns, along one direction: how large each is and where it begins.
 *
 * Hidden ones are folded. A run of them takes `FOLD` pixels together, all given to its first.
 */
export class Axis {
  /**
   * @param {number[]} sizes  In pixels.
   * @param {number[]} hidden
   */
  constructor(sizes, hidden) {
    this.count = sizes.length;
    this.sizes = sizes;
    this.hidden = new Set(hidden.filter((index) => index >= 0 && index < sizes.length));
    this.folded = new Set(this.hidden);
    this.starts = new Float64Array(sizes.length + 1);
    this.measure();
  }

  measure() {
    for (let index = 0; index < this.count; index++) {
      this.starts[index + 1] = this.starts[index] + this.size(index);
    }
  }

  /** @param {number} index */
  size(index) {
    if (!this.folded.has(index)) return this.sizes[index];
    return this.folded.has(index - 1) ? 0 : FOLD;
  }

  /** @param {number} index */
  start(index) {
    return this.starts[index];
  }

  /** @param {number} index */
  end(index) {
    return this.starts[index + 1];
  }

  get total() {
    return this.starts[this.count];
  }

  /**
   * Which row or column lies at a distance from the start; the first or last one beyond the ends.
   *
   * @param {number} distance
   */
  indexAt(distance) {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= distance) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * The next one that shows, or undefined at the end.
   *
   * @param {number} from  The first to try.
   * @param {1 | -1} step
   */
  seek(from, step) {
    for (let index = from; index >= 0 && index < this.count; index += step) {
      if (!this.folded.has(index)) return index;
    }
    return undefined;
  }

  /**
   * The run of folded ones around an index, or undefined if that one shows.
   *
   * @param {number} index
   */
  foldAt(index) {
    if (!this.folded.has(index)) return undefined;
    let first = index;
    let last = index;
    while (this.folded.has(first - 1)) first--;
    while (this.folded.has(last + 1)) last++;
    return { first, last };
  }

  /** Whether all of some are folded. @param {number} first @param {number} count */
  allFolded(first, count) {
    for (let index = first; index < first + count; index++) if (!this.folded.has(index)) return false;
    return true;
  }

  /** Every folded run between two indexes. @param {number} first @param {number} last */
  folds(first, last) {
    const runs = [];
    for (let index = first; index <= last; index++) {
      const run = this.foldAt(index);
      if (!run) continue;
      runs.push(run);
      index = run.last;
    }
    return runs;
  }

  /** Shows what is folded between two indexes; true if anything was. @param {number} first @param {number} last */
  unfold(first, last) {
    const before = this.folded.size;
    for (const index of Array.from(this.folded)) {
      if (index >= first && index <= last) this.folded.delete(index);
    }
    this.measure();
    return this.folded.size < before;
  }

  /** Folds all that is hidden, or shows it. @param {boolean} folded */
  foldAll(folded) {
    this.folded = new Set(folded ? this.hidden : []);
    this.measure();
  }

  /** @param {number} index @param {number} size */
  resize(index, size) {
    this.sizes[index] = size;
    this.measure();
  }
}
