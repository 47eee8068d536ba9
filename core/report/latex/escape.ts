/** Texts as they may stand in LaTeX: whatever they hold, none of it is a command. */
import { printable } from '../../contract/words/plain.ts';

const SIGNS: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '`': '\\textasciigrave{}',
  "'": '\\textquotesingle{}',
  '[': '{[}',
  ']': '{]}',
  '\u00a0': '~',
  // Two or three hyphens would become a dash.
  '-': '{-}',
};

/** Signs of formulas, which not every font of text has; by their names in mathematics. */
const FORMULA: Record<string, string> = {
  ...{ α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'varepsilon', η: 'eta', θ: 'theta' },
  ...{ κ: 'kappa', λ: 'lambda', μ: 'mu', π: 'pi', ρ: 'rho', σ: 'sigma', τ: 'tau', φ: 'phi' },
  ...{ Γ: 'Gamma', Δ: 'Delta', Λ: 'Lambda', Σ: 'Sigma', Φ: 'Phi', Ω: 'Omega' },
  ...{ '○': 'circ', '→': 'to', '←': 'leftarrow', '≤': 'leq', '≥': 'geq', '≈': 'approx' },
  ...{ '±': 'pm', '×': 'times', '‖': 'Vert', '√': 'surd', '∞': 'infty', '°': '^\\circ' },
};
const LOWERED = '₀₁₂₃₄₅₆₇₈₉';
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const MATHEMATICS = new RegExp(`[${Object.keys(FORMULA).join('')}−${LOWERED}${RAISED}]`, 'g');

/** A sign of a formula as mathematics. */
function formula(sign: string): string {
  if (LOWERED.includes(sign)) return `$_${LOWERED.indexOf(sign)}$`;
  if (RAISED.includes(sign)) return `$^${RAISED.indexOf(sign)}$`;
  if (sign === '−') return '$-$';
  const name = FORMULA[sign]!;
  return name.startsWith('^') ? `$${name}$` : `$\\${name}$`;
}

/** What isolates a part of a sentence from its direction. */
const ISOLATES = /\u2066([^\u2066-\u2069]*)\u2069/g;
const BARE_MARKS = /[\u200e\u200f\u061c\u2066-\u2069]/g;

/** A text of a document that is written from left to right. */
export function escapeLatex(text: string): string {
  return (
    printable(text)
      .replace(BARE_MARKS, '')
      .replace(/[\\{}$&#%_^~<>|"`'[\]\u00a0-]/g, (sign) => SIGNS[sign]!)
      .replace(MATHEMATICS, formula)
      // Signs beside each other are one formula, which keeps its order in Hebrew too.
      .replace(/(?<!\\)\$\$/g, '')
      .replace(/[\t\n ]+/g, ' ')
  );
}

/** A text of one that is written from right to left: what is isolated in it goes the other way. */
export function escapeRightToLeft(text: string): string {
  // Numbers and names without a letter of the language, as in a table's cell, keep their own order.
  if (!/\p{Script=Hebrew}/u.test(text)) return `\\babelsublr{${escapeLatex(text)}}`;
  const parts = printable(text).split(ISOLATES);
  // Every second part stood between isolates.
  return parts
    .map((part, i) => (i % 2 === 1 ? `\\babelsublr{${escapeLatex(part)}}` : escapeLatex(part)))
    .join('');
}

/** The same, with places where a long name or path may be broken. @param escaped by one of the above */
export const breakable = (escaped: string): string =>
  escaped.replace(/(\\_|\{-\}|[/.,:])(?=\S)/g, '$1\\allowbreak{}');
