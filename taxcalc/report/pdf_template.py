"""The template of a page for Typst: it reads a document as data and holds no word of its own."""

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#let soft = rgb("#57606a")
#let colours = (peak: rgb("#116329"), saving: rgb("#116329"), open: rgb("#8a2a86"), refused: rgb("#a40e26"),
  caution: rgb("#7d4e00"), dim: soft, source: soft)
#let strong-roles = ("peak", "strong", "open")
#let plain(span) = text(fill: colours.at(span.at(1), default: black),
  weight: if span.at(1) in strong-roles { "bold" } else { "regular" },
  size: if span.at(1) == "peak" { 18pt } else if span.at(1) == "source" { 0.86em } else { 1em }, span.at(0))
#let spans(all) = all.map(plain).join()
#let small(words) = text(size: 0.86em, fill: soft, words)
#let below(label, lines) = { spans(label); for line in lines { linebreak(); small(line) } }

#set document(title: data.title.map(span => span.at(0)).join(), date: none)
#set text(font: data.font, size: 9.5pt, lang: data.lang, number-width: "tabular")
#set par(leading: 0.6em, spacing: 0.75em)
#set page(paper: "a4", margin: (x: 16mm, top: 16mm, bottom: 18mm), footer: context {
  set text(size: 8pt, fill: soft)
  grid(columns: (1fr, auto), column-gutter: 8pt,
    data.title.map(span => span.at(0)).join() + " · " + data.footer, counter(page).display("1 / 1", both: true))
})
#show heading: it => block(above: if it.level == 3 { 1.2em } else { 1.6em }, below: 0.6em, sticky: true, {
  text(size: if it.level == 3 { 10pt } else { 11.5pt }, it.body)
  if it.level == 2 { v(-0.5em); line(length: 100%, stroke: 0.6pt) }
})
#set table(stroke: none, inset: (x: 5pt, y: 3.6pt))
#let rule = table.hline(stroke: 0.6pt)
#let hair = table.hline(stroke: 0.3pt + rgb("#d0d7de"))
#let row(it) = (below(it.label, it.below), ..it.cells.map(plain))
#let note(words) = if words != "" { block(small(words)) }

#let draw-table(it) = {
  let wide = calc.max(it.heads.len(), ..(it.rows + it.total).map(row => row.cells.len() + 1))
  table(columns: (1fr,) + (auto,) * (wide - 1), align: (x, y) => if x == 0 { left } else { right },
    table.header(..it.heads.map(small), rule),
    ..it.rows.map(one => (..row(one), hair)).flatten(),
    ..it.total.map(row).flatten().map(strong))
  note(it.note)
}

#let draw-chart(it) = {
  let bar(one) = box(width: 100%, height: 8pt, {
    let fill = if one.cell.at(1) == "saving" { white } else if one.cell.at(1) == "refused" { colours.refused }
      else if one.cell.at(1) == "strong" { black } else { rgb("#8c959f") }
    place(dx: one.start / 100 * 1%, rect(width: one.width / 100 * 1%, height: 8pt, fill: fill,
      stroke: 0.7pt + colours.at(one.cell.at(1), default: black)))
    if it.limit != none { place(dx: it.limit / 100 * 1%, dy: -3pt, line(end: (0pt, 14pt), stroke: (thickness: 1pt, dash: "dashed"))) }
  })
  block(breakable: false, table(columns: (42%, 1fr, auto), column-gutter: 6pt,
    align: (x, y) => if x == 2 { right } else { left },
    table.header(small(it.heads.at(0)), [], small(it.heads.at(1)), rule),
    ..it.bars.map(one => (spans(one.label), bar(one), plain(one.cell), hair)).flatten()))
  note(it.note)
}

#let draw-remark(it) = block(below: 0.5em, if it.mark == "" { below(it.text, it.below) } else {
  grid(columns: (if it.mark.len() > 2 { 2.2em } else { 1em }, 1fr), it.mark, below(it.text, it.below))
})

#if data.office != "" or data.mark.len() > 0 {
  let parts = (if data.mark.len() > 0 { (image(bytes(data.mark), height: 22pt),) } else { () }) + (strong(data.office),)
  grid(columns: parts.len(), column-gutter: 6pt, align: horizon, ..parts)
  v(-0.4em)
  line(length: 100%, stroke: 1.2pt)
}
#heading(level: 1, { set text(size: 15pt); spans(data.title) })
#text(fill: soft, data.subtitle)
#v(0.4em)
#for one in data.headline { block(below: 0.7em, spans(one)) }
#for one in data.cautions { block(width: 100%, inset: 6pt, stroke: 0.7pt + colours.caution, spans(one)) }
#for one in data.sections {
  if one.title != "" { heading(level: one.level, one.title) }
  set text(size: 8.5pt) if one.level == 3
  for each in one.blocks {
    if each.kind == "table" { draw-table(each) }
    if each.kind == "chart" { draw-chart(each) }
    if each.kind == "remark" { draw-remark(each) }
    if each.kind == "text" { block(spans(each.text)) }
  }
}
"""
