# Takes the drawings out of a report, each into a file of its own.

BEGIN {
  while ((getline line < style) > 0) sheet = sheet line "\n"
  names["Examples of each class"] = "confusion"
  names["Accuracy against signal-to-noise ratio"] = "snr"
  names["Accuracy against frequency offset"] = "offset"
  names["Accuracy [%]"] = "map"
  names["Reliability of the confidence"] = "reliability"
  names["Loss"] = "loss"
  names["fsk"] = "looks-fsk"
  names["ofdm"] = "looks-ofdm"
}

/<svg / {
  name = $0
  sub(/.*aria-label="/, "", name)
  sub(/".*/, "", name)
  file = ""
  if (name in names) file = names[name]
  # The first mistake and its neighbours follow one another.
  if (name ~ /^1: /) { file = "mistake"; panels = 2 }
  else if (panels > 0) file = "mistake-nearest-" (3 - panels--)
  if (file == "") next
  file = folder "/" file ".svg"
  match($0, /viewBox="0 0 [0-9.]+ [0-9.]+"/)
  split(substr($0, RSTART + 9, RLENGTH - 10), box, " ")
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" " \
    "viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n", \
    box[3], box[4], box[3], box[4], name > file
  head = 1
  next
}

file != "" {
  # The ground and the sheet stand behind title and description.
  if (head && !/^<title>/ && !/^<desc>/) {
    printf "%s<rect class=\"ground\" width=\"%s\" height=\"%s\"/>\n", sheet, box[3], box[4] > file
    head = 0
  }
  print > file
  if (/<\/svg>/) { close(file); file = "" }
}
