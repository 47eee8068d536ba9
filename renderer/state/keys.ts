/** Whether a control in focus needs a key itself, so that the epoch cursor must leave it alone. */
export function needsKey(target: EventTarget | null, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (!(target instanceof Element)) return false;
  // A choice among words moves with the arrows only.
  if (target.matches('input[type=radio], input[type=checkbox]')) {
    return event.key.startsWith('Arrow');
  }
  return target.closest('input, select, textarea, dialog, [role=menu], [role=region]') !== null;
}
