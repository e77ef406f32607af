"""How a page looks: on paper A4, on a screen, on a telephone. What colour says, words say too."""

STYLE = """
:root{--ink:#1b1f23;--soft:#57606a;--rule:#d0d7de;--good:#116329;--open:#8a2a86;--bad:#a40e26;--warm:#7d4e00;--bar:#8c959f}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1.25rem 2rem;max-width:52rem;color:var(--ink);background:#fff;
font:16px/1.65 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;
line-break:strict;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
html:lang(en) body{line-height:1.5}
.office{display:flex;align-items:center;gap:.75rem;padding-bottom:.6rem;margin-bottom:1.4rem;border-bottom:2px solid var(--ink);
font-weight:600}
.office img{height:2.4rem;width:auto}
h1{font-size:1.5rem;line-height:1.3;margin:0;white-space:pre-wrap}
h1 .period{font-weight:400;color:var(--soft)}
.who{margin:.2rem 0 1.2rem;color:var(--soft)}
.headline{margin:.1rem 0}
.peak{font-size:1.9rem;line-height:1.35;color:var(--good)}
p.caution{margin:.8rem 0;padding:.5rem .8rem;border:1px solid var(--warm);border-left-width:5px}
section{margin-top:1.9rem}
section.level3{margin-top:1.4rem}
h2{font-size:1.1rem;margin:0 0 .4rem;padding-bottom:.25rem;border-bottom:1px solid var(--ink)}
h3{font-size:1rem;margin:0 0 .2rem}
p{margin:.4rem 0}
small,.note{font-size:.86rem;color:var(--soft)}
ul{list-style:none;margin:.4rem 0;padding:0}
li{margin:.3rem 0;padding-left:1.3em;position:relative}
li::before{content:"·";position:absolute;left:.3em}
li.asked::before{content:"?";font-weight:700;color:var(--open)}
li.warned::before{content:"!";font-weight:700;color:var(--warm)}
li.plain{padding-left:0}
li.numbered{padding-left:2.6em}
li.plain::before,li.numbered::before{content:none}
.number{position:absolute;left:0}
table{width:100%;border-collapse:collapse;margin:.5rem 0}
th{text-align:left;font-weight:400;vertical-align:top}
thead th,thead td{font-size:.86rem;color:var(--soft);border-bottom:1px solid var(--ink);vertical-align:bottom}
td,thead th:not(:first-child){text-align:right}
th,td{padding:.3rem 0 .3rem .9rem}
th:first-child{padding-left:0}
tbody tr{border-bottom:1px solid var(--rule)}
td{white-space:nowrap;vertical-align:top;overflow-wrap:normal}
tfoot{font-weight:600}
tfoot th{font-weight:600}
table.chart th[scope=row]{width:42%}
table.chart td:last-child{width:8.5rem}
table.index td{width:9rem}
td.bar{padding-top:.45rem;line-height:0}
svg{overflow:visible;vertical-align:top}
rect{fill:var(--bar);stroke:var(--ink);stroke-width:1}
rect.strong{fill:var(--ink)}
rect.saving{fill:#fff;stroke:var(--good);stroke-width:2}
rect.refused{fill:var(--bad);stroke:var(--bad)}
line.limit{stroke:var(--ink);stroke-width:2;stroke-dasharray:4 2}
.saving{color:var(--good)}
.open{color:var(--open)}
.refused{color:var(--bad)}
span.caution,td.caution{color:var(--warm)}
.dim{color:var(--soft)}
a{color:inherit;text-decoration:none;border-bottom:1px dotted var(--soft)}
.source{font-size:.86rem;color:var(--soft)}
footer{margin-top:2.2rem;padding-top:.5rem;border-top:1px solid var(--rule);font-size:.82rem;color:var(--soft)}
nav{display:flex;flex-wrap:wrap;gap:.2rem .8rem}
@media screen and (max-width:40rem){
body{padding:1rem}
h1{font-size:1.3rem}
.peak{font-size:1.55rem}
table:not(.chart) thead{position:absolute;clip-path:inset(50%)}
table:not(.chart) tr{display:block;padding:.35rem 0}
table:not(.chart) tbody th,table:not(.chart) tfoot th{display:block;padding:0}
table:not(.chart) td{display:flex;justify-content:space-between;gap:1rem;padding:.05rem 0;white-space:normal}
table:not(.chart) td::before{content:attr(data-head);color:var(--soft);font-size:.86rem;text-align:left}
table.index td{width:auto}
td.none{display:none!important}
table.chart tr{display:grid;grid-template-columns:1fr auto;padding:.35rem 0}
table.chart th,table.chart td{padding:0;width:auto!important}
table.chart td.bar{grid-row:2;grid-column:1/3;padding-top:.25rem}
table.chart thead td{display:none}
}
@media print{
@page{size:A4;margin:16mm 16mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font-size:8pt}
@bottom-left{font-size:8pt}}
html{font-size:10pt}
body{max-width:none;padding:0;font-size:10pt;line-height:1.5}
.peak{font-size:19pt}
h2,h3,thead{break-after:avoid}
tr,li,.chart{break-inside:avoid}
.note{break-before:avoid}
section{margin-top:1.4rem}
.level3{font-size:8.5pt}
.level3 th,.level3 td{padding-top:.1rem;padding-bottom:.1rem}
thead{display:table-header-group}
tfoot{display:table-row-group}
#returns{break-before:page}
a{border:0}
rect,line{print-color-adjust:exact;-webkit-print-color-adjust:exact}
footer{display:none}
}
"""
