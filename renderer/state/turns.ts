/** Questions to the core that must be answered one after the other, such as a decision and its undoing. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does a job when all before it are done or have failed. @throws what the job throws */
  take<T>(job: () => Promise<T>): Promise<T> {
    const done = this.#last.then(job);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
