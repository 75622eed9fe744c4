/// The page's style sheet.
enum ReportStyle {
  /// The declarations, both themes included.
  static var html: HTML {
    """
    :root{\(ReportPalette.declarations(dark: false))}
    @media (prefers-color-scheme:dark){:root:not([data-theme=light]){\(ReportPalette.declarations(dark: true))}}
    :root[data-theme=dark]{\(ReportPalette.declarations(dark: true))}
    \(layout)
    \(tables)
    \(charts)
    \(series)
    """
  }

  /// What a chart needs outside of a page.
  static var chartsAlone: HTML {
    """
    svg{\(ReportPalette.declarations(dark: false))font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
    @media (prefers-color-scheme:dark){svg{\(ReportPalette.declarations(dark: true))}}
    \(charts)
    \(series)
    """
  }

  private static var series: [HTML] {
    (0..<ReportPalette.seriesCount).map { ".s\($0){color:var(--s\($0))}" }
  }

  private static let layout: HTML = """
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
    header,main,footer{max-width:1200px;margin:0 auto;padding:0 20px}
    header{padding-top:20px}
    .bar{display:flex;justify-content:flex-end;gap:8px;min-height:36px}
    .skip{position:absolute;left:-999px}
    .skip:focus{left:20px}
    button{font:inherit;font-size:14px;color:var(--text);background:var(--card);border:1px solid var(--line);border-radius:8px;padding:5px 12px;cursor:pointer}
    button:hover{border-color:var(--accent)}
    a{color:var(--accent)}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
    h1{font-size:clamp(1.6rem,4.5vw,2.3rem);line-height:1.2;margin:6px 0 10px;letter-spacing:-.01em;overflow-wrap:anywhere}
    h2{font-size:1.45rem;line-height:1.25;margin:0 0 10px;overflow-wrap:anywhere}
    h3{font-size:1.02rem;margin:30px 0 10px;color:var(--soft);font-weight:600}
    .introduction{max-width:75ch;margin:0 0 10px;white-space:pre-line}
    nav ul,.chips,.legend{list-style:none;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:6px}
    nav ul{margin:14px 0 4px}
    nav a{display:block;padding:3px 12px;border-radius:99px;background:var(--card);border:1px solid var(--line);text-decoration:none;font-size:14px;overflow-wrap:anywhere}
    nav a:hover{border-color:var(--accent)}
    .card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:24px;margin:20px 0}
    .chips{margin-bottom:12px}
    .chips li{font-size:14px;color:var(--soft);border:1px solid var(--line);border-radius:8px;padding:1px 9px;overflow-wrap:anywhere}
    .chips b{color:var(--text)}
    .seen,.facts{max-width:85ch}
    .seen{font-size:1.05rem;margin:0 0 10px}
    .facts{padding-left:20px;overflow-wrap:anywhere}
    .warning{background:var(--warn);border-left:4px solid var(--s4);border-radius:6px;padding:8px 14px;margin:8px 0;max-width:90ch}
    .note,small,footer{color:var(--soft);font-size:14px}
    .note{max-width:90ch;margin:6px 0 10px}
    .missing{font-size:14px;overflow-wrap:anywhere}
    details{margin-top:22px}
    summary{cursor:pointer;color:var(--soft);font-weight:600}
    pre{overflow:auto;background:var(--page);border:1px solid var(--line);border-radius:8px;padding:10px 14px}
    figure{margin:0;min-width:0}
    figcaption{font-weight:600;font-size:15px;margin-bottom:8px;overflow-wrap:anywhere}
    figcaption small{font-weight:400}
    .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,240px),1fr));gap:24px;align-items:start}
    .pictures.key{grid-template-columns:minmax(0,max-content)}
    .picture{max-width:100%}
    .picture img,.picture canvas{display:block;max-width:100%;height:auto;border-radius:8px;background:#000;image-rendering:pixelated}
    .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,330px),1fr));gap:26px}
    .columns{display:flex;flex-wrap:wrap;gap:28px;align-items:flex-start}
    .columns>*{max-width:100%}
    footer{padding-bottom:40px}
    @media (max-width:600px){header,main,footer{padding-left:12px;padding-right:12px}.card{padding:16px 14px;border-radius:10px}}
    @media print{.bar,nav,.tools a{display:none}.card{break-inside:auto;border:0}body{background:#fff}}
    """

  private static let tables: HTML = """
    .scroll{overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;font-size:14.5px;font-variant-numeric:tabular-nums}
    th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
    .scores thead th{max-width:9em}
    thead th{color:var(--soft);font-weight:600;vertical-align:bottom}
    .scores tbody th{white-space:nowrap}
    .number{text-align:right}
    tbody .number{white-space:nowrap}
    .none{color:var(--soft)}
    .best{background:var(--best)}
    .mark{font-size:11px;font-weight:600;color:var(--accent);text-transform:uppercase;letter-spacing:.04em}
    .plain th{font-weight:400;color:var(--soft)}
    .plain td{overflow-wrap:anywhere}
    .confusion{font-size:13px}
    .confusion caption{caption-side:bottom;text-align:left;color:var(--soft);padding-top:8px}
    .confusion th{font-weight:600;padding:4px 8px}
    .confusion thead th{text-align:center}
    .confusion thead small{display:block;font-weight:400;font-size:12px}
    .confusion tbody td{text-align:right;padding:5px 9px;border:1px solid var(--card);background:color-mix(in srgb,var(--heat) var(--share),transparent)}
    """

  private static let charts: HTML = """
    .chart svg:not(.swatch){display:block;width:100%;height:auto;touch-action:pan-y;cursor:crosshair}
    .chart text{fill:var(--soft);font-size:11.5px;font-variant-numeric:tabular-nums}
    .chart text.name{font-size:12px}
    .chart text.row{fill:var(--text);font-size:12.5px}
    .grid{stroke:var(--line);fill:none}
    path.line{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linejoin:round}
    circle.line{fill:currentColor;stroke:var(--card)}
    .dash1{stroke-dasharray:6 3}
    .dash2{stroke-dasharray:2 2.5}
    .limit{color:var(--text);stroke-dasharray:4 4}
    path.limit{stroke-width:1.3}
    .muted{color:var(--line)}
    .mean{stroke:var(--text);stroke-width:2.5}
    .spread{stroke:var(--soft);stroke-width:6;opacity:.3}
    .cursor{stroke:var(--text);stroke-width:1;opacity:.6}
    .legend{margin-top:6px;gap:2px 16px;font-size:13.5px}
    .legend li{display:flex;align-items:center;gap:6px;overflow-wrap:anywhere}
    .legend b{font-weight:600;font-variant-numeric:tabular-nums}
    .swatch{width:22px;height:8px;flex:none}
    path.line[class*=s]{vector-effect:non-scaling-stroke}
    .tools{display:flex;justify-content:space-between;gap:12px;margin:6px 0 0;font-size:13px;color:var(--soft)}
    .tools a{white-space:nowrap}
    .spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    """
}
