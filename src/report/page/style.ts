/** The style sheet of pages: light and dark, wide and narrow, screen and paper. */
import { CODE_FONTS, darkRules, PAGE_FONTS, pageColours } from '../theme.ts';

export const STYLE = `
:root{color-scheme:light dark;${pageColours('light')}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:80rem;padding:1rem 2rem 4rem;background:var(--paper);color:var(--ink);
  font:16px/1.5 ${PAGE_FONTS}}
h1{font-size:1.4rem;line-height:1.25;margin:0 0 .5rem;text-wrap:pretty}
h2{font-size:1.25rem;margin:2.6rem 0 .8rem;padding-top:.8rem;border-top:1px solid var(--grid)}
h3{font-size:1.02rem;margin:0 0 .2rem}
p{margin:.3rem 0 .7rem;max-width:75ch}
a{color:var(--accent)}
.answer{font-size:1.03rem;max-width:none;margin:0 0 .7rem}
.answer data{font-weight:600;white-space:nowrap}
.note,figcaption,.small{font-size:.86rem;color:var(--muted)}
.caveat{font-size:.9rem;color:var(--ink);border-left:3px solid var(--warn);padding-left:.7rem;margin:.3rem 0;max-width:none}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,33rem),1fr));gap:2rem 2.2rem;margin-top:1rem}
figure{margin:0;min-width:0}
figure p{margin:.1rem 0 .4rem}
figure svg{display:block;max-width:100%;height:auto}
figure svg text{font-family:${PAGE_FONTS}}
.narrow{display:none}
code{font:0.82rem/1.45 ${CODE_FONTS};overflow-wrap:anywhere}
figcaption code{display:block;margin-top:.25rem;white-space:pre-wrap;color:var(--muted)}
.wide-table{overflow-x:auto}
table{border-collapse:collapse;font-size:.86rem;line-height:1.3;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding-bottom:.35rem;font-size:.95rem}
th,td{padding:.3rem 1.1rem .3rem 0;text-align:right;vertical-align:top;border-bottom:1px solid var(--grid)}
thead th{font-weight:600;vertical-align:bottom;color:var(--muted);border-bottom-color:var(--axis)}
th:first-child,td:first-child,.text{text-align:left}
td:not(.text){white-space:nowrap}
.texts td{white-space:normal}
tbody th{font-weight:600}
td small{display:block;color:var(--muted);font-size:.78rem;white-space:nowrap}
.texts th,.texts td{text-align:left}
.texts td{overflow-wrap:anywhere}
summary{cursor:pointer;font-weight:600;margin:.5rem 0}
figcaption summary{font-weight:400;margin:.2rem 0 0}
li{margin:.15rem 0;overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media (min-width:64rem){.headline small{display:inline;margin-left:.4rem}.headline table{width:100%}}
@media (max-width:45rem){
  body{padding:1rem 1rem 3rem}
  h1{font-size:1.35rem}
  .wide{display:none}
  caption{width:calc(100vw - 2rem);max-width:calc(100vw - 2rem)}
  .narrow{display:block}
}
@media screen and (max-width:45rem){
  .many thead{display:none}
  .many table,.many tbody,.many tr,.many th{display:block}
  .many tr{border-bottom:1px solid var(--grid);padding:.45rem 0}
  .many th,.many td{border:0;padding:.05rem 0}
  .many td{display:flex;justify-content:flex-end;gap:.45rem;white-space:normal}
  .many td::before{content:attr(data-label);margin-right:auto;color:var(--muted);text-align:left}
  .many td small{display:inline;align-self:center}
}
@media (prefers-color-scheme:dark){
:root{${pageColours('dark')}}
${darkRules('figure')}
}
@media print{
  :root{color-scheme:light;${pageColours('light')}}
  body{max-width:none;padding:0;font-size:10.5pt}
  h2{break-after:avoid}
  figure,tr{break-inside:avoid}
  .figures{display:block}
  figure{margin:0 0 1.2rem}
  .wide{display:block}
  .narrow{display:none}
  table{font-size:7.5pt}
  th,td{padding-right:.45rem}
  td small{font-size:6.5pt;white-space:normal}
  .wide-table{overflow:visible}
}
@page{margin:16mm}
`;
