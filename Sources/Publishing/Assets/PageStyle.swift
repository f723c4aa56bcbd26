import Reporting

/// The style sheet of all pages.
///
/// Light and dark follow the reader's system unless the page's button says otherwise; every text
/// has a contrast of at least 4.5 to its ground (WCAG 2.2, 1.4.3).
enum PageStyle {
  static let sheet = """
    \(layout)
    \(parts)
    \(tables)
    \(figures)
    \(print)
    """

  private static let layout = """
    :root{color-scheme:light;\(light)}
    @media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;\(dark)}}
    :root[data-theme=dark]{color-scheme:dark;\(dark)}
    *{box-sizing:border-box}
    html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--ground);color:var(--text);line-height:1.6;
    font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK JP",sans-serif}
    header{display:flex;gap:1rem;align-items:flex-start;justify-content:space-between;
    padding:.6rem 1rem;border-bottom:1px solid var(--line)}
    header .theme{margin-left:auto;white-space:nowrap}
    .site{display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:baseline}
    .site ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;margin:0;padding:0}
    .site .home{font-weight:600}
    .site [aria-current]{color:var(--text);font-weight:600;text-decoration:none}
    .columns{display:grid;grid-template-columns:minmax(0,1fr);max-width:80rem;margin:0 auto}
    main{min-width:0;padding:1rem;max-width:58rem;width:100%;margin:0 auto;outline:none}
    #contents{padding:1rem 1rem 0;font-size:.9rem}
    #contents h2{font-size:1rem;margin:0 0 .3rem;border:0;padding:0}
    #contents ul{list-style:none;margin:0;padding:0}
    #contents .level-3{padding-left:1rem}
    #contents a{display:block;padding:.15rem 0}
    footer{padding:1.5rem 1rem;color:var(--faint);font-size:.85rem;text-align:center}
    @media (max-width:40rem){.site ul{display:none}}
    @media (min-width:72rem){
    .columns{grid-template-columns:16rem minmax(0,1fr)}
    .columns>main:only-child{grid-column:1/-1}
    #contents{position:sticky;top:0;max-height:100vh;overflow:auto}
    }
    """

  private static let light =
    "--ground:#fff;--soft:#f6f8fa;--text:#1f2328;--faint:#59636e;--line:#d1d9e0;--link:#0969da;"
    + "--key:#0550ae;--string:#0a3069;--number:#953800;--option:#8250df;--bad:#b42318;"
    + "--bad-soft:#ffebe9;--good:#116329;--good-soft:#dafbe1;--warn:#7d4e00;--warn-soft:#fff8c5"

  private static let dark =
    "--ground:#0d1117;--soft:#161b22;--text:#e6edf3;--faint:#9198a1;--line:#3d444d;--link:#4493f8;"
    + "--key:#79c0ff;--string:#a5d6ff;--number:#ffa657;--option:#d2a8ff;--bad:#ff9b92;"
    + "--bad-soft:#3c1618;--good:#7ee787;--good-soft:#12261e;--warn:#e3b341;--warn-soft:#2e2510"

  private static let parts = """
    h1,h2,h3,h4{line-height:1.25;margin:1.6em 0 .6em}
    h1{font-size:1.9rem;margin-top:.4em}
    h2{font-size:1.45rem;padding-bottom:.25em;border-bottom:1px solid var(--line)}
    a{color:var(--link)}
    a:focus-visible,button:focus-visible,summary:focus-visible,[tabindex]:focus-visible{
    outline:2px solid var(--link);outline-offset:2px}
    main:focus-visible{outline:none}
    .skip{position:absolute;left:-99rem;padding:.5rem 1rem;background:var(--ground);z-index:2}
    .skip:focus{left:.5rem;top:.5rem}
    button{font:inherit;color:var(--text);background:var(--soft);border:1px solid var(--line);
    border-radius:6px;padding:.25rem .7rem;cursor:pointer}
    pre,code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;
    font-size:.875em}
    code{background:var(--soft);padding:.1em .3em;border-radius:4px;overflow-wrap:break-word}
    pre{background:var(--soft);padding:.8rem 1rem;border-radius:6px;overflow:auto;line-height:1.45}
    pre code{background:none;padding:0;font-size:1em}
    blockquote{margin:1em 0;padding:0 1em;border-left:4px solid var(--line);color:var(--faint)}
    img{max-width:100%;height:auto}
    .y-key{color:var(--key)}.y-string{color:var(--string)}
    .y-number,.y-word{color:var(--number)}
    .y-comment{color:var(--faint);font-style:italic}.y-option,.y-parameter{color:var(--option)}
    .cell{margin:1.4rem 0;border:1px solid var(--line);border-radius:8px;overflow:clip}
    .cell>:not(.cell-head):not(.directive){margin:1rem}
    .cell-head{display:flex;gap:.6rem;align-items:baseline;flex-wrap:wrap;padding:.4rem 1rem;
    background:var(--soft);border-bottom:1px solid var(--line);font-size:.9rem}
    .cell-kind{color:var(--faint)}
    .cell-id{font-weight:600}
    .cell .directive{margin:0;border-radius:0}
    .cell.stale,.cell.edited,.cell.missing{border-color:var(--warn)}
    .cell.failed{border-color:var(--bad)}
    .cell>.note{font-weight:600;color:var(--warn)}
    .cell.failed>.note{color:var(--bad)}
    .badge{margin-left:auto;padding:0 .6em;border-radius:1em;font-size:.85rem;color:var(--faint);
    border:1px solid var(--line)}
    .badge.fresh{color:var(--good);background:var(--good-soft);border-color:transparent}
    .badge.stale,.badge.edited,.badge.missing{color:var(--warn);background:var(--warn-soft)}
    .badge.failed{color:var(--bad);background:var(--bad-soft)}
    .warning{border:1px solid var(--warn);background:var(--warn-soft);border-radius:8px;
    padding:.2rem 1rem;margin-bottom:1rem}
    .recorded{border-bottom:1px dotted var(--faint)}
    .missing-image{color:var(--faint);font-style:italic}
    details{margin:1rem 0}
    summary{cursor:pointer}
    .index{padding:0;list-style:none}
    .index li{padding:.7rem 0;border-bottom:1px solid var(--line)}
    .index a{font-weight:600}
    .index .badge{margin-left:.4rem}
    .index .count{color:var(--faint);font-size:.9rem}
    """

  private static let tables = """
    .table{overflow-x:auto;margin:1rem 0}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    th,td{border:1px solid var(--line);padding:.3rem .7rem;vertical-align:top}
    th{background:var(--soft);font-weight:600}
    .left{text-align:left}.right{text-align:right;white-space:nowrap}.center{text-align:center}
    .sort{all:unset;cursor:pointer}
    .sort:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .sort::after{content:"";display:inline-block;width:.9em;text-align:right}
    th[aria-sort=ascending] .sort::after{content:"\\2191"}
    th[aria-sort=descending] .sort::after{content:"\\2193"}
    .sort:hover{text-decoration:underline}
    """

  private static let figures = """
    figure{margin:1rem 0}
    .plot .stage{overflow-x:auto}
    .plot svg{display:block;max-width:100%;min-width:34rem;height:auto}
    .plot svg{\(FigureStyle.light)}
    @media (prefers-color-scheme:dark){
    :root:not([data-theme=light]) .plot svg{\(FigureStyle.dark)}}
    :root[data-theme=dark] .plot svg{\(FigureStyle.dark)}
    .live .stage{cursor:crosshair;touch-action:pan-x pan-y}
    .live .cursor{stroke:var(--text);stroke-width:1;pointer-events:none}
    .live .knob{fill:var(--ground);stroke:var(--text);stroke-width:1.5;pointer-events:none}
    .readout{font-size:.875rem;border:1px solid var(--line);border-radius:6px;
    padding:.5rem .8rem;margin-top:.4rem;min-height:2.6rem;font-variant-numeric:tabular-nums}
    .readout p{margin:0}
    .readout .hint{color:var(--faint)}
    .readout ul{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;margin:.2rem 0;padding:0}
    .readout table{font-size:.95em;margin-top:.4rem}
    .readout th,.readout td{padding:.1rem .6rem}
    """

  private static let print = """
    @media print{
    header,#contents,.skip,.readout,.front-matter{display:none}
    .columns{display:block;max-width:none}
    main{max-width:none;padding:0}
    .cell{break-inside:auto;overflow:visible}
    figure,tr{break-inside:avoid}
    pre{white-space:pre-wrap}
    .plot svg{min-width:0}
    .table,.plot .stage,pre{overflow:visible}
    details::details-content{content-visibility:visible;height:auto}
    a{color:inherit}
    }
    """
}
