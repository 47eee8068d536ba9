/** A short message at the corner, with at most one thing to do about it. */
export interface Toast {
  id: number;
  text: string;
  kind: 'error' | 'done';
  action: { label: string; run: () => void } | null;
}

const SECONDS = { error: 12, done: 8 };

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  #add(kind: Toast['kind'], text: string, action: Toast['action']): void {
    const id = this.#next++;
    this.list = [...this.list, { id, text, kind, action }].slice(-4);
    setTimeout(() => this.close(id), SECONDS[kind] * 1000);
  }

  /** Says what went wrong, and offers a cure where there is one. */
  error(text: string, action: Toast['action'] = null): void {
    this.#add('error', text, action);
  }

  /** Says what was done, and offers to take it back or look at it. */
  done(text: string, action: Toast['action'] = null): void {
    this.#add('done', text, action);
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
