namespace TrafficAI.Cli.Report;

/// <summary>The style of the page. The colours of the strategies stay apart for colour-blind readers, on light and on dark paper.</summary>
public static class PageStyle
{
    public static readonly Markup Css = new("""
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b2025;--soft:#59646d;--rule:#d3d9de;--panel:#f4f6f7;--warn:#7a4300;--warnbg:#fff3dd;
        --go:#16934a;--stop:#c4606b;--s0:#4b555e;--s1:#0068a8;--s2:#bf4e00;--s3:#00795a;--s4:#97407f;--s5:#6f6000}
        @media screen and (prefers-color-scheme:dark){:root{--paper:#14181c;--ink:#e4e9ec;--soft:#9da9b2;--rule:#38424a;--panel:#1c2227;--warn:#ffcd85;--warnbg:#352a13;
        --go:#3ecf7d;--stop:#d9707b;--s0:#b3bdc5;--s1:#5fb9f2;--s2:#ff9c57;--s3:#43d3a8;--s4:#eb9fd4;--s5:#dccb4d}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 3rem}
        .kicker{margin:0;color:var(--soft)}
        h1{font-size:1.65rem;line-height:1.25;margin:.25rem 0 .6rem;text-wrap:balance}
        h2{font-size:1.2rem;margin:2.6rem 0 .6rem;padding-top:.9rem;border-top:1px solid var(--rule)}
        p{margin:.4rem 0;max-width:46rem}
        .soft,.unit,.facts{color:var(--soft)}
        .warnings{margin:.9rem 0 0;padding:.6rem 1rem .6rem 2rem;background:var(--warnbg);color:var(--warn);border-left:4px solid var(--warn)}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;width:100%}
        th,td{padding:.35rem .5rem;text-align:right;vertical-align:middle;border-bottom:1px solid var(--rule)}
        thead th{font-weight:600;font-size:.85rem;line-height:1.25;vertical-align:bottom}
        th.name,td.name{text-align:left;font-weight:600}
        thead th.mid{text-align:center}
        td small,th small{display:block;font-weight:400;color:var(--soft);font-size:.8rem;line-height:1.25;white-space:nowrap}
        td.plot{padding:0 .4rem;text-align:center}
        .nowrap{white-space:nowrap}
        .delays{font-size:.94rem}
        .many{font-size:.85rem}
        .many th,.many td{padding:.3rem .35rem}
        .many td small{font-size:.75rem}
        .many .first{border-left:1px solid var(--rule);padding-left:.6rem}
        .many .name{position:sticky;left:0;background:var(--paper);min-width:6.5rem;max-width:11rem;overflow-wrap:anywhere}
        .many th.name{overflow-wrap:normal}
        .upright th:not(.name) button{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;font-weight:400}
        th button{all:unset;font:inherit;text-align:inherit}
        .sortable th button{cursor:pointer;text-decoration:underline dotted;text-underline-offset:3px}
        .sortable th button:focus-visible{outline:2px solid var(--s1)}
        th[aria-sort=descending] button::after{content:" \u2193"}
        th[aria-sort=ascending] button::after{content:" \u2191"}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.6rem;margin:.2rem 0 .4rem;padding:0;font-size:.92rem}
        .swatch{vertical-align:-.12em;margin-right:.45em}
        svg{display:block;font:13px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        svg.swatch{display:inline}
        svg.chart{width:100%;height:auto;min-width:37rem}
        svg text{fill:var(--soft)}
        svg .strong{fill:var(--ink);font-weight:600}
        .grid{stroke:var(--rule);stroke-width:1;fill:none}
        .axis{stroke:var(--soft);stroke-width:1;fill:none}
        .line{stroke:currentColor;stroke-width:2;fill:none;stroke-linejoin:round}
        .band{fill:currentColor;opacity:.14}
        .way{fill:currentColor;opacity:.22}
        .mark{fill:currentColor}
        .dots{fill:currentColor;fill-opacity:.5}
        .mean{stroke:currentColor;stroke-width:3}
        .demand{fill:var(--soft);opacity:.45}
        .go{stroke:var(--go);stroke-width:6}
        .stop{stroke:var(--stop);stroke-width:1}
        .wraps{overflow-wrap:anywhere}
        .figures .name{font-weight:400}.figures .unit{text-align:left}.figures td{padding:.2rem .5rem;line-height:1.3}
        .green{stroke:currentColor;stroke-width:5}
        h3{font-size:1rem;margin:1.2rem 0 .3rem}
        .swatch circle,.swatch rect,.swatch path:not(.line){fill:currentColor}
        .s0{color:var(--s0)}.s1{color:var(--s1)}.s2{color:var(--s2)}.s3{color:var(--s3)}.s4{color:var(--s4)}.s5{color:var(--s5)}
        .defs{margin:.9rem 0 0;font-size:.88rem;line-height:1.45}
        .defs div{display:grid;grid-template-columns:13rem 1fr;gap:.2rem 1rem;padding:.25rem 0;border-top:1px solid var(--rule)}
        .defs dt{font-weight:600}.defs .unit{font-weight:400}.defs dd{margin:0;color:var(--soft);max-width:44rem;overflow-wrap:anywhere}
        pre{background:var(--panel);padding:.7rem 1rem;margin:.6rem 0;white-space:pre-wrap;overflow-wrap:anywhere;font:.9rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace}
        pre span{display:inline-block;max-width:100%}
        @media (max-width:40rem){h1{font-size:1.3rem}.defs div{grid-template-columns:1fr}}
        @media print{main{max-width:none;padding:0}body{font-size:12px}h2{break-after:avoid}figure,svg,tr,.defs div{break-inside:avoid}
        .scroll{overflow:visible}svg.chart{min-width:0}svg,.warnings{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        figure{margin:0}
        """);
}
