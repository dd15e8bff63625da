# The work of check-layers.sh: reads all files, then judges them together.

BEGIN {
  order = "Numerics Files Capture Spectrum Synthesis Dataset Network Training Model " \
    "Classification Evaluation Report Study"
  folders = split(order, names, " ")
  for (i = 1; i <= folders; i++) rank[names[i]] = i
}

FNR == 1 {
  # A new file starts in code, whatever the last one ended in.
  level = comment = depth = 0
  files++
  path[files] = FILENAME
  place[files] = ""
  if (match(FILENAME, /SignalPipeline\//)) {
    place[files] = substr(FILENAME, RSTART + RLENGTH)
    if (!sub(/\/.*/, "", place[files]) || !(place[files] in rank)) {
      fault(FILENAME, 1, "lies in no folder of the order: " order)
      place[files] = ""
    }
  }
}

{
  text = stripped($0)
  code[files, FNR] = text
  last[files] = FNR
  if (text != "") declarations(text, files)
}

END {
  for (f = 1; f <= files; f++) {
    for (line = 1; line <= last[f]; line++) {
      if (code[f, line] == "") continue
      imports(f, line, code[f, line])
      traps(f, line, code[f, line])
      if (place[f] != "") uses(f, line, code[f, line])
    }
  }
  once("CFFTW")
  exit faults > 0
}

function fault(file, line, message) {
  printf "%s:%d: %s\n", file, line, message
  faults++
}

# A line without comments, and with string literals emptied but for their interpolations.
# A stack holds what is open: level 0 is code, odd levels are literals, even ones the code of
# interpolations.
function stripped(line,    out, i, n, c, run) {
  if (level == 0 && comment == 0 && line !~ /"|\/\*/) {
    sub(/\/\/.*/, "", line)
    return line
  }
  n = length(line)
  i = 1
  while (i <= n) {
    c = substr(line, i, 1)
    if (comment > 0) {
      if (substr(line, i, 2) == "*/") { comment--; i += 2 }
      else if (substr(line, i, 2) == "/*") { comment++; i += 2 }
      else i++
    } else if (level % 2 == 1) {
      if (c == "\\" && substr(line, i + 1, hashes[level]) == marks(hashes[level])) {
        i += 1 + hashes[level]
        if (substr(line, i, 1) == "(") {
          level++
          open[level] = 0
          out = out " "
        }
        i++
      } else if (c == "\"" && substr(line, i, length(closing[level])) == closing[level]) {
        i += length(closing[level])
        level--
        out = out "\""
      } else i++
    } else if (substr(line, i, 2) == "//") {
      break
    } else if (substr(line, i, 2) == "/*") {
      comment++
      i += 2
    } else if (c == "\"" || c == "#") {
      run = 0
      while (substr(line, i + run, 1) == "#") run++
      if (substr(line, i + run, 1) != "\"") {
        out = out substr(line, i, run)
        i += run
        continue
      }
      level++
      hashes[level] = run
      several[level] = substr(line, i + run, 3) == "\"\"\""
      closing[level] = (several[level] ? "\"\"\"" : "\"") marks(run)
      i += length(closing[level])
      out = out "\""
    } else {
      if (level > 0 && c == "(") open[level]++
      if (level > 0 && c == ")" && open[level]-- == 0) {
        level--
        c = " "
      }
      out = out c
      i++
    }
  }
  # No literal of one line goes on: what looks so is a quote that this reading misjudged.
  while (level % 2 == 1 && !several[level]) level -= 1
  return out
}

function marks(count,    text) {
  while (count-- > 0) text = text "#"
  return text
}

# Learns the types that a line declares: at the top of a file, nested, or as generic parameters.
function declarations(text, f,    token, before, name, rest, c) {
  before = ""
  rest = text
  while (match(rest, /[A-Za-z_][A-Za-z_0-9]*|[{}]/)) {
    before = before substr(rest, 1, RSTART - 1)
    token = substr(rest, RSTART, RLENGTH)
    rest = substr(rest, RSTART + RLENGTH)
    if (token == "{") depth++
    else if (token == "}") depth--
    else if (token ~ /^(struct|class|enum|protocol|actor|typealias|associatedtype)$/ &&
      match(rest, /^ +[A-Z][A-Za-z_0-9]*/)) {
      name = substr(rest, 1, RLENGTH)
      gsub(/ /, "", name)
      if (depth > 0) nested[place[f], name] = 1
      else if (before ~ /(^|[^A-Za-z_])(private|fileprivate)[^A-Za-z_(]/) own[f, name] = 1
      else if (place[f] != "") home[name] = place[f]
    }
    before = before token
  }
  # Generic parameters hide a type of the same name, in their file.
  if (match(text, /(func|struct|class|enum|actor|init|subscript|typealias)[ A-Za-z_0-9]*</)) {
    rest = substr(text, RSTART + RLENGTH)
    sub(/>.*/, "", rest)
    while (match(rest, /[A-Z][A-Za-z_0-9]*/)) {
      c = RSTART == 1 ? "," : substr(rest, 1, RSTART - 1)
      if (c ~ /(^|,) *(each +|let +)?$/) own[f, substr(rest, RSTART, RLENGTH)] = 1
      rest = substr(rest, RSTART + RLENGTH)
    }
  }
}

# Holds the types that a line names against the order of the folders.
function uses(f, line, text,    rest, name, before, here) {
  here = place[f]
  rest = text
  gsub(/SignalPipeline\./, "", rest)
  before = ""
  while (match(rest, /[A-Za-z_][A-Za-z_0-9]*/)) {
    if (RSTART > 1) before = substr(rest, RSTART - 1, 1)
    name = substr(rest, RSTART, RLENGTH)
    rest = substr(rest, RSTART + RLENGTH)
    if (name ~ /^[A-Z]/ && before != "." && (name in home) && rank[home[name]] > rank[here] &&
      !((here, name) in nested) && !((f, name) in own)) {
      fault(path[f], line, here " names " name " of " home[name] ", which comes after it")
    }
    before = substr(name, length(name))
  }
}

function imports(f, line, text,    module) {
  if (text !~ /(^|[^A-Za-z_])import /) return
  module = text
  sub(/.*import +((struct|class|enum|protocol|typealias|func|let|var) +)?/, "", module)
  sub(/[^A-Za-z_0-9].*/, "", module)
  if (module == "Foundation" || module == "FoundationXML" || module == "FoundationNetworking")
    fault(path[f], line, "imports " module "; FoundationEssentials serves, or the standard library")
  importers[module]++
  if (importers[module] > 1 && module == "CFFTW")
    fault(path[f], line, "imports " module ", which another file has fenced in")
}

# A C library that the package builds against has one file that fences it in.
function once(module,    map) {
  map = "Sources/" module "/module.modulemap"
  if (!importers[module] && (getline < map) > 0) fault(map, 1, "no file imports " module)
}

function traps(f, line, text,    rest, before) {
  if (text ~ /(^|[^A-Za-z_0-9])try!/) fault(path[f], line, "try! traps on an error")
  if (text ~ /(^|[^A-Za-z_0-9])as!/) fault(path[f], line, "as! traps on another type")
  if (text ~ /(^|[^A-Za-z_0-9.])fatalError *\(/) fault(path[f], line, "fatalError traps")
  rest = text
  gsub(/(try|as)!/, "", rest)
  while (match(rest, /[A-Za-z_0-9)\]}>"?]!/)) {
    before = substr(rest, 1, RSTART)
    rest = substr(rest, RSTART + 2)
    if (rest ~ /^=/ || before ~ /(^|[^A-Za-z_0-9])baseAddress$/) continue
    fault(path[f], line, "! traps on nil; only baseAddress may be unwrapped so")
  }
}
