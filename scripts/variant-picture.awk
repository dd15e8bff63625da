# Draws curves, a file of lines `x y` each, in small panels side by side, three in a row. An empty
# line is a gap. The title of a panel is the name of its file without folder and extension.
#
# Variables: title, across and up (what the axes are), low and high (the ends of x), least and most
# (those of y).

BEGIN {
  columns = 3
  wide = 196
  tall = 110
  left = 44
  top = 44
  right = 14
  gap = 44
}

FNR == 1 {
  file++
  name[file] = FILENAME
  sub(/.*\//, "", name[file])
  sub(/\.[^.]*$/, "", name[file])
}

NF == 0 {
  isApart[file] = 1
  next
}

{
  level = $2 < least ? least : $2 > most ? most : $2
  x = ($1 - low) / (high - low)
  if (x < 0 || x > 1) next
  path[file] = path[file] (path[file] == "" || isApart[file] ? "M" : "L") \
    sprintf("%.1f %.1f", x * wide, (most - level) / (most - least) * tall)
  isApart[file] = 0
}

function number(value) { return sprintf("%.4g", value) }

END {
  rows = int((file + columns - 1) / columns)
  width = left + (file < columns ? file : columns) * (wide + left) - left + right
  height = top + rows * (tall + gap) + 8
  print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" width "\" height=\"" height "\"" \
    " viewBox=\"0 0 " width " " height "\" role=\"img\" aria-label=\"" title "\">"
  print "<title>" title "</title>"
  print "<style>text{font:11px system-ui,sans-serif;fill:#333}.name{font-weight:600}" \
    ".curve{stroke:#06c;fill:none;stroke-width:1}.frame{stroke:#bbb;fill:none}</style>"
  print "<rect width=\"" width "\" height=\"" height "\" fill=\"#fff\"/>"
  print "<text x=\"" left "\" y=\"16\">" up " against " across "</text>"
  for (i = 1; i <= file; i++) {
    x = left + (i - 1) % columns * (wide + left)
    y = top + int((i - 1) / columns) * (tall + gap)
    print "<g transform=\"translate(" x " " y ")\">"
    print "<text class=\"name\" x=\"0\" y=\"-6\">" name[i] "</text>"
    print "<rect class=\"frame\" width=\"" wide "\" height=\"" tall "\"/>"
    print "<text x=\"-5\" y=\"8\" text-anchor=\"end\">" number(most) "</text>"
    print "<text x=\"-5\" y=\"" tall "\" text-anchor=\"end\">" number(least) "</text>"
    print "<text x=\"0\" y=\"" tall + 14 "\">" number(low) "</text>"
    print "<text x=\"" wide "\" y=\"" tall + 14 "\" text-anchor=\"end\">" number(high) "</text>"
    print "<path class=\"curve\" d=\"" path[i] "\"/>"
    print "</g>"
  }
  print "</svg>"
}
