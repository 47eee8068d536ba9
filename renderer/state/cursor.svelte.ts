/** One epoch cursor for every panel: hovering moves it, a click or an arrow key pins it. */
export class Cursor {
  hovered = $state<number | null>(null);
  pinned = $state<number | null>(null);
  #frame = 0;

  /** The epoch looked at, or the fallback where none is chosen. */
  at(fallback: number): number {
    return this.hovered ?? this.pinned ?? fallback;
  }

  /** Follows the pointer, at most once a frame. */
  hover(epoch: number | null): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => (this.hovered = epoch));
  }

  /** Pins an epoch, or with null lets the cursor go. */
  pin(epoch: number | null): void {
    cancelAnimationFrame(this.#frame);
    this.pinned = epoch;
    this.hovered = null;
  }

  reset(): void {
    this.pin(null);
  }

  /** Moves with the keyboard. @returns whether the key was one of the cursor's. */
  key(key: string, range: { first: number; last: number; home: number; here: number }): boolean {
    const { first, last, home, here } = range;
    if (last < first) return false;
    if (key === 'ArrowLeft') this.pin(Math.max(first, here - 1));
    else if (key === 'ArrowRight') this.pin(Math.min(last, here + 1));
    else if (key === 'Home') this.pin(home);
    else if (key === 'End') this.pin(last);
    else if (key === 'Escape' && this.pinned !== null) this.pin(null);
    else return false;
    return true;
  }
}

/** The cursor of Lab. */
export const cursor = new Cursor();
