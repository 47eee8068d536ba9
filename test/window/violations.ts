import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';

/**
 * What axe finds on a page, one sentence each.
 * @throws Error where the page has frames, into which it does not look
 */
export async function violations(page: Page): Promise<string[]> {
  if (page.frames().length > 1) throw new Error('axe looks through a page without frames.');
  // In the page itself and without a list of all that is well, it takes a third of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations: found } = await axe.analyze();
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`,
  );
}
