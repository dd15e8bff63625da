/// The style sheet of pages.
enum HTMLStyle {
  /// Pages are light or dark as the reader's system is, and always light on paper; one column on a
  /// phone, as many as there is room for elsewhere.
  static let sheet = """
    \(page)\(SVGStyle.light)@media screen and (prefers-color-scheme:dark){
    :root{\(darkColors)}
    \(SVGStyle.dark)}
    @media print{
    \(print)}

    """

  private static let lightColors = """
    --ground:#fff;--ink:#1d1f23;--soft:#5a6068;--edge:#d5d8dd;--panel:#f5f6f8;--link:#0b5cad
    """

  private static let darkColors = """
    --ground:#16181c;--ink:#dfe2e6;--soft:#a0a7b0;--edge:#3a3f46;--panel:#1f2329;--link:#7ab8f5
    """

  private static let page = """
    :root{color-scheme:light dark;\(lightColors)}
    *{box-sizing:border-box}
    body{margin:0 auto;padding:1rem;max-width:72rem;background:var(--ground);color:var(--ink);\
    font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;\
    overflow-wrap:anywhere}
    h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 1rem}
    h2{font-size:1.25rem;margin:2.5rem 0 .75rem;padding-bottom:.25rem;\
    border-bottom:1px solid var(--edge)}
    h3{font-size:1rem;margin:1.5rem 0 .5rem}
    p{max-width:44rem;margin:.5rem 0}
    a{color:var(--link)}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px}
    nav ol{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:0;list-style:none}
    nav a{display:inline-block;padding:.35rem 0}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));\
    gap:1rem 1.5rem;align-items:start}
    .panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,18rem),1fr));\
    gap:.25rem 1rem;align-items:start}
    figure{margin:.5rem 0;min-width:0}
    figcaption{color:var(--soft);font-size:.875rem;max-width:44rem}
    svg{display:block;width:100%;max-width:calc(var(--width)*1.35);height:auto}
    .scroll{overflow-x:auto}
    .scroll svg{width:var(--width);max-width:none}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;\
    margin:1rem 0}
    .tiles div{background:var(--panel);border:1px solid var(--edge);border-radius:.5rem;\
    padding:.6rem .8rem}
    .tiles dt{color:var(--soft);font-size:.875rem}
    .tiles dd{margin:0;font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums}
    .tiles dd small{display:block;font-size:.8125rem;font-weight:400;color:var(--soft)}
    table{border-collapse:collapse;margin:.5rem 0;font-size:.9375rem;\
    font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.25rem}
    th,td{padding:.3rem .75rem .3rem 0;text-align:left;vertical-align:top;\
    border-bottom:1px solid var(--edge)}
    th.number,td.number{text-align:right}
    th{vertical-align:bottom}
    tbody th{vertical-align:top}
    thead th{font-weight:600;border-bottom:2px solid var(--edge)}
    tbody th{font-weight:400}
    .scroll td{white-space:nowrap}
    .scroll th{overflow-wrap:normal}
    .facts th{color:var(--soft);white-space:nowrap}
    pre,code{font:.875rem/1.45 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace}
    pre{background:var(--panel);border:1px solid var(--edge);border-radius:.5rem;padding:.75rem;\
    white-space:pre-wrap;margin:.5rem 0}
    .command span{display:inline-block;max-width:100%}
    details{margin:.5rem 0}
    summary{cursor:pointer;padding:.35rem 0;color:var(--link)}

    """

  private static let print = """
    @page{margin:14mm}
    :root{color-scheme:light;\(lightColors)}
    body{max-width:none;padding:0;font-size:10pt}
    nav,details{display:none}
    h2,h3,caption{break-after:avoid}
    h3+p{break-after:avoid}
    figure,tr,.tiles,.panels,pre{break-inside:avoid}
    svg{max-width:calc(var(--width)*1.1)}
    .figures{grid-template-columns:1fr 1fr}
    .panels{grid-template-columns:1fr 1fr 1fr}
    .scroll{overflow:visible}
    .scroll svg{width:100%;max-width:var(--width)}
    table{font-size:9pt}
    pre{white-space:pre-wrap}

    """
}
