# Draws the spectra that study-captures.sh lists as small pictures on one sheet.
# Every picture has the whole band from left to right, and its group's span below its largest bin.

function escape(text) {
  gsub(/&/, "\\&amp;", text)
  gsub(/</, "\\&lt;", text)
  gsub(/>/, "\\&gt;", text)
  return text
}

function band(low, high) {
  return high >= 1e6 ? sprintf("%.2f to %.2f MHz", low / 1e6, high / 1e6) \
    : sprintf("%g to %g kHz", low / 1e3, high / 1e3)
}

function put(text) { body = body text "\n" }

function draw(name, answer, file, left, top,    count, line, cells, x, y, peak, i, data, level) {
  count = 0
  while ((getline line < file) > 0) {
    split(line, cells, ",")
    if (cells[1] !~ /^-?[0-9]/) continue
    x[++count] = cells[1]
    y[count] = cells[3]
    if (count == 1 || y[count] + 0 > peak) peak = y[count] + 0
  }
  close(file)
  put(sprintf("<text x=\"%d\" y=\"%d\">%s</text>", left, top - 6, escape(name)))
  for (i = span / 5; i < span; i += span / 5) {
    put(sprintf("<path class=\"grid\" d=\"M%d,%.1fh%d\"/>", left, top + i / span * high, wide))
  }
  put(sprintf("<path class=\"grid\" d=\"M%.1f,%dv%d\"/>", left + wide / 2, top, high))
  data = ""
  for (i = 1; i <= count; i++) {
    level = (peak - y[i]) / span
    data = data sprintf("%s%.1f,%.1f", i == 1 ? "M" : i == 2 ? "L" : " ", \
      left + (i - 1) / (count - 1) * wide, top + (level > 1 ? 1 : level) * high)
  }
  put(sprintf("<path class=\"line\" d=\"%s\"/>", data))
  put(sprintf("<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", \
    left, top, wide, high))
  put(sprintf("<text class=\"small\" x=\"%d\" y=\"%d\">%s</text>", left, top + high + 11, \
    band(x[1], 2 * x[count] - x[count - 1])))
  put(sprintf("<text class=\"small answer\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", \
    left + wide, top + high + 11, escape(answer)))
}

BEGIN {
  FS = "\t"
  columns = 6
  wide = 178
  high = 70
  across = wide + 14
  down = high + 36
  bottom = 34
  title["sat_fsk"] = "Satellites, FSK after an FM demodulator"
  title["sat_afsk"] = "Satellites, AFSK after an FM demodulator"
  title["sat_bpsk1k2"] = "Satellites, BPSK 1200 bit/s in audio"
  title["sat_bpsk9k6"] = "Satellites, BPSK 9600 bit/s in audio"
  title["sat_unlabelled"] = "Satellites, modulation not told"
  title["lte"] = "TD-LTE, 1.92 MHz of 20 MHz"
  title["rc_car"] = "Remote-controlled car, FSK-like bursts"
  title["adsb"] = "ADS-B"
}

$1 != group {
  group = $1
  if (NR > 1) bottom += down
  column = 0
  span = group ~ /^sat/ ? 100 : 50
  put(sprintf("<text class=\"title\" x=\"12\" y=\"%d\">%s, %d dB</text>", bottom, \
    title[group], span))
  bottom += 24
}

{
  if (column == columns) {
    column = 0
    bottom += down
  }
  name = $2
  sub(/\.[a-z0-9]+$/, "", name)
  sub(/.*__/, "", name)
  draw(name, $9, $NF, 12 + column++ * across, bottom)
}

END {
  width = columns * across + 10
  height = bottom + down + 4
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\"", width, height
  printf " viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Real recordings\">\n", width, height
  print "<title>Real recordings</title>"
  printf "<desc>Power spectral densities of %d recordings, over their whole band.", NR
  print "</desc>"
  print "<style>"
  print "text{font:11px system-ui,\"DejaVu Sans\",sans-serif;fill:#222}"
  print ".small{font-size:9px}.title{font-size:14px;font-weight:600}.answer{font-weight:600}"
  print ".ground{fill:#fff}.grid{stroke:#ddd;fill:none}.frame{stroke:#666;fill:none}"
  print ".line{stroke:#0060a8;fill:none;stroke-linejoin:round}"
  print "@media (prefers-color-scheme:dark){text{fill:#ddd}.ground{fill:#16181c}"
  print ".grid{stroke:#33373d}.frame{stroke:#9a9a9a}.line{stroke:#56b4e9}}"
  print "</style>"
  printf "<rect class=\"ground\" width=\"%d\" height=\"%d\"/>\n%s</svg>\n", width, height, body
}
