/** The report's style sheet: the window's colours, on paper or a dark screen. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1c1e; --soft: #5c5c63; --line: #d9d9de; --page: #fff;
  --given: #b34e00; --true: #0072b2; --holdout: #8a5f00; --test: #00755a; --stop: #a3467b; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f2f4; --soft: #a9a9b2; --line: #3a3a40;
  --page: #17171a; --given: #ff8a4c; --true: #5ab4f0; --holdout: #f0b840; --test: #35c79f; --stop: #e79cc4; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #ccc; --page: #fff;
  --given: #b34e00; --true: #0072b2; --holdout: #8a5f00; --test: #00755a; --stop: #a3467b; }
  figure, tr { break-inside: avoid; } body { padding: 0 !important; } thead { display: table-header-group; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page);
  max-width: 880px; margin: 0 auto; padding: 40px 24px; font-variant-numeric: tabular-nums; }
h1 { font-size: 26px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 18px; margin: 40px 0 8px; }
.sub { color: var(--soft); margin: 0 0 24px; }
.problem { border-inline-start: 4px solid var(--given); padding: 8px 16px; overflow-wrap: anywhere; }
.verdict { border-inline-start: 4px solid var(--stop); padding: 8px 16px; font-size: 19px; }
.verdict p { margin: 4px 0; } .verdict .sub { font-size: 14px; }
figure { margin: 16px 0 24px; } figcaption { font-weight: 600; margin-bottom: 4px; }
svg { width: 100%; height: auto; display: block; direction: ltr; } svg text { font-size: 12px; fill: var(--soft); }
.grid { stroke: var(--line); } .line { fill: none; stroke-width: 2; } .area { opacity: .85; }
.line.given { stroke: var(--given); } .line.true { stroke: var(--true); }
.line.holdout { stroke: var(--holdout); stroke-dasharray: 6 4; } .line.test { stroke: var(--test); }
.line.total { stroke: var(--ink); } .line.layer0 { stroke: var(--true); stroke-dasharray: 8 3; }
.line.layer1 { stroke: var(--test); stroke-dasharray: 2 3; } .line.layer2 { stroke: var(--holdout); stroke-dasharray: 8 3 2 3; }
.line.layer3 { stroke: var(--given); stroke-dasharray: 4 2; } .line.layer4 { stroke: var(--stop); stroke-dasharray: 1 3; }
svg text.given { fill: var(--given); } svg text.true { fill: var(--true); } svg text.holdout { fill: var(--holdout); }
svg text.test { fill: var(--test); } svg text.total { fill: var(--ink); } svg text.layer0 { fill: var(--true); }
svg text.layer1 { fill: var(--test); } svg text.layer2 { fill: var(--holdout); } svg text.layer3 { fill: var(--given); }
svg text.layer4 { fill: var(--stop); } svg text.end { font-weight: 600; }
.area.true { fill: var(--true); } .area.given { fill: var(--given); } .area.other { fill: var(--line); }
.range { fill: var(--stop); opacity: .12; } .stop { stroke: var(--stop); stroke-width: 1.5; stroke-dasharray: 3 3; }
svg text.stop-label { fill: var(--stop); font-weight: 600; paint-order: stroke; stroke: var(--page); stroke-width: 4px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; } th, td { padding: 3px 8px; text-align: right; } [dir="rtl"] :is(th, td) { text-align: left; }
td { unicode-bidi: plaintext; }
th { border-bottom: 1px solid var(--soft); font-weight: 600; } td { border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; } [dir="rtl"] :is(th, td):first-child { text-align: right; } .scroll { overflow-x: auto; } tr.stopped td { font-weight: 700; }
.matrices { display: flex; flex-wrap: wrap; gap: 16px 32px; } .matrices table { width: auto; font-size: 11px; }
.matrices caption { font-weight: 600; text-align: start; margin-bottom: 4px; }
.matrices th, .matrices td { padding: 2px 5px; min-width: 26px; max-width: 72px; border: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.matrices td { background: color-mix(in srgb, var(--given) var(--share), transparent); }
.matrices td.own { background: color-mix(in srgb, var(--true) var(--share), transparent); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
`;
