# Draws two spectra, lines of `frequency decibels`, the clean one behind the impaired one, between
# the frequencies `low` and `high`.

BEGIN {
  left = 56
  top = 34
  wide = 620
  tall = 240
}

FNR == 1 { file++ }

$1 >= low && $1 <= high {
  count[file]++
  x[file, count[file]] = $1
  y[file, count[file]] = $2
  if (!seen++ || $2 > peak) peak = $2
  if (seen == 1 || $2 < least) least = $2
}

function across(frequency) { return left + (frequency - low) / (high - low) * wide }

function down(level) { return top + (ceiling - level) / (ceiling - bottom) * tall }

function line(which, style,    i, text) {
  for (i = 1; i <= count[which]; i++)
    text = text (i == 1 ? "M" : "L") sprintf("%.1f %.1f", across(x[which, i]), down(y[which, i]))
  printf "<path class=\"%s\" d=\"%s\"/>\n", style, text
}

END {
  ceiling = 10 * int(peak / 10 + 101) - 1000
  bottom = 10 * int(least / 10 + 100) - 1000
  print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"700\" height=\"320\"" \
    " viewBox=\"0 0 700 320\" role=\"img\" aria-label=\"" name "\">"
  print "<title>" name "</title>"
  print "<style>text{font:12px system-ui,sans-serif;fill:#333}.clean{stroke:#999;fill:none}" \
    ".impaired{stroke:#06c;fill:none;stroke-width:1.2}.grid{stroke:#ddd}</style>"
  print "<rect width=\"700\" height=\"320\" fill=\"#fff\"/>"
  for (level = bottom; level <= ceiling; level += 10) {
    printf "<path class=\"grid\" d=\"M%d %.1fh%d\"/>\n", left, down(level), wide
    printf "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>\n", left - 6, \
      down(level) + 4, level
  }
  for (i = 0; i <= 4; i++) {
    frequency = low + i * (high - low) / 4
    printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.4g</text>\n", across(frequency), \
      top + tall + 18, frequency
  }
  line(1, "clean")
  line(2, "impaired")
  printf "<text x=\"%d\" y=\"%d\">dB(FS²/(cycle/sample)): clean grey, %s blue</text>\n", left, \
    20, name
  printf "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">frequency [cycles/sample]</text>\n", \
    left + wide / 2, top + tall + 36
  print "</svg>"
}
