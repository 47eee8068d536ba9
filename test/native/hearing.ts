/** A lab on a folder of runs, and what it tells. */
import { createLab } from '../../core/api/lab.ts';
import type { LabHandlers } from '../../core/api/lab.ts';
import type { AuditView } from '../../core/contract/messages/labels.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';

/** A lab that is heard. */
export interface HeardLab {
  lab: LabHandlers;
  /** Everything that it has told so far. */
  events: LabEvent[];
  /** Waits for an event. */
  heard<E extends LabEvent['event']>(name: E): Promise<Extract<LabEvent, { event: E }>>;
  /** Audits a run, and opens what was found. @throws Error where that failed */
  audited(id: string, folds?: number | null): Promise<AuditView>;
}

/** Opens a lab. */
export function hearingLab(runs: string): HeardLab {
  const events: LabEvent[] = [];
  const hearing = new Set<(event: LabEvent) => void>();
  const lab = createLab(runs, (event) => {
    events.push(event);
    for (const hear of [...hearing]) hear(event);
  });
  const heard: HeardLab['heard'] = (name) =>
    new Promise((resolve) => {
      const hear = (event: LabEvent): void => {
        if (event.event !== name) return;
        hearing.delete(hear);
        resolve(event as Parameters<typeof resolve>[0]);
      };
      hearing.add(hear);
    });
  const audited: HeardLab['audited'] = async (id, folds = null) => {
    const ended = heard('labels.ended');
    await lab['labels.audit']({ id, folds });
    const { problem } = await ended;
    if (problem) throw new Error(problem.code);
    return (await lab['labels.open']({ id })).audit!;
  };
  return { lab, events, heard, audited };
}
