// @ts-check

/** A fault that set-up explains in one sentence: what, where, cure. Shown without a stack. */
export class SetUpProblem extends Error {
  /**
   * @param {string} sentence
   * @param {string} [details] the failing tool's own last lines
   */
  constructor(sentence, details) {
    super(details ? `${sentence}\n${details}` : sentence);
  }
}
