/** How the report looks: in the window's colours, on paper, a light or a dark screen. */
import { declarations } from './palette.ts';

const LIGHT = `--ink: #1c1c1e; --soft: #5c5c63; --line: #d9d9de; --page: #fff; ${declarations(false)}`;

/** The style sheet. */
export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f2f4; --soft: #a9a9b2; --line: #3a3a40;
  --page: #17171a; ${declarations(true)} } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page);
  max-width: 880px; margin: 0 auto; padding: 40px 24px; font-variant-numeric: tabular-nums; }
h1 { font-size: 26px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 18px; margin: 40px 0 8px; }
.sub { color: var(--soft); margin: 0 0 24px; }
.problem { border-inline-start: 4px solid var(--given); padding: 8px 16px; overflow-wrap: anywhere; }
.verdict { border-inline-start: 4px solid var(--stop); padding: 8px 16px; font-size: 19px; }
.verdict p { margin: 4px 0; } .verdict .sub { font-size: 14px; }
figure { margin: 16px 0 24px; } figcaption { font-weight: 600; margin-bottom: 4px; }
figcaption span { display: block; color: var(--soft); font-size: 13px; font-weight: 400; }
figure > svg { width: 100%; height: auto; display: block; direction: ltr; }
table { border-collapse: collapse; width: 100%; font-size: 13px; } th, td { padding: 3px 8px; text-align: right; } [dir="rtl"] :is(th, td) { text-align: left; }
td { unicode-bidi: plaintext; }
th { border-bottom: 1px solid var(--soft); font-weight: 600; } td { border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; } [dir="rtl"] :is(th, td):first-child { text-align: right; } .scroll { overflow-x: auto; } tr.stopped td { font-weight: 700; }
.matrices { display: flex; flex-wrap: wrap; gap: 16px 32px; } .matrices table { width: auto; font-size: 11px; }
.matrices caption { font-weight: 600; text-align: start; margin-bottom: 4px; }
.matrices th, .matrices td { padding: 2px 5px; min-width: 26px; max-width: 72px; border: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.matrices td { background: color-mix(in srgb, var(--given) var(--share), transparent); }
.matrices td.own { background: color-mix(in srgb, var(--truth) var(--share), transparent); }
.suspects img { display: block; width: 48px; height: 48px; object-fit: contain; image-rendering: pixelated; }
.suspects td { vertical-align: middle; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; } dl > div { display: contents; } dt { color: var(--soft); overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
@media print { :root { color-scheme: light; ${LIGHT} --ink: #000; --soft: #444; --line: #ccc; }
  figure, tr, li, .verdict, .matrices table { break-inside: avoid; } thead { display: table-header-group; }
  h1, h2, caption, figcaption { break-after: avoid; } h2 { margin-top: 28px; } p { orphans: 3; widows: 3; }
  body { padding: 0 !important; max-width: none; font-size: 13px; } figure { margin: 8px 0 16px; }
  p:has(+ .matrices), p:has(+ p + .matrices) { break-after: avoid; } .matrices { gap: 8px 16px; }
  .matrices table { font-size: 10px; } .matrices :is(th, td) { padding: 1px 2px; min-width: 22px; }
  .scroll { overflow: visible; } dl:has(> :nth-child(13)) { display: block; columns: 2; font-size: 10.5px; }
  dl:has(> :nth-child(13)) > div { display: grid; grid-template-columns: 46% 1fr; gap: 8px; break-inside: avoid; } }
`;
