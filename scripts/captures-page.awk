# Writes docs/real-captures.md from the lines of study-captures.sh.

function quantity(value, unit) {
  if (value == "") return "–"
  if (value >= 1e6) return sprintf("%.10g M%s", value / 1e6, unit)
  return sprintf("%.10g k%s", value / 1e3, unit)
}

function told(value, origin) { return value == "–" ? value : value " (" origin ")" }

# A group's values, each once.
function gather(group, kind, value) {
  if (!((group, kind, value) in seen)) {
    seen[group, kind, value] = 1
    list[group, kind] = list[group, kind] (list[group, kind] == "" ? "" : ", ") value
  }
}

# The least and the greatest of a group's values.
function widen(group, kind, value) {
  if (!((group, kind) in low) || value + 0 < low[group, kind]) low[group, kind] = value + 0
  if (!((group, kind) in high) || value + 0 > high[group, kind]) high[group, kind] = value + 0
}

function range(low, high) { return low == high ? low : low " … " high }

# One decimal, and a true minus.
function level(value) {
  value = sprintf("%.1f", value)
  sub(/-/, "−", value)
  return value
}

function share(part, whole) { return whole ? sprintf("%d %%", 100 * part / whole + 0.5) : "–" }

BEGIN {
  FS = "\t"
  count = split("sat_fsk sat_afsk sat_bpsk1k2 sat_bpsk9k6 sat_unlabelled lte rc_car adsb", groups, " ")
  split("fsk fsk rrc rrc – ofdm fsk –", nearest, " ")
  classes = split("am fsk rrc ofdm unknown noise", answers, " ")
  what["sat_fsk"] = "satellites, FSK after an FM demodulator"
  what["sat_afsk"] = "satellites, AFSK after an FM demodulator"
  what["sat_bpsk1k2"] = "satellites, BPSK of 1200 bit/s in audio"
  what["sat_bpsk9k6"] = "satellites, BPSK of 9600 bit/s in audio"
  what["sat_unlabelled"] = "satellites, modulation not told"
  what["lte"] = "TD-LTE cells, 1.92 MHz of 20 MHz"
  what["rc_car"] = "a remote-controlled car, FSK-like bursts"
  what["adsb"] = "aircraft transponders, pulses"
}

{
  group = $1
  for (i = 1; i <= count; i++) if (groups[i] == group) right = nearest[i]
  rate = quantity($5, "sps")
  center = quantity($7, "Hz")
  recordings[group]++
  total++
  gather(group, "format", told($3, $4))
  gather(group, "rate", told(rate, $6))
  if ($7 != "") {
    gather(group, "center origin", $8)
    widen(group, "center", $7)
  }
  answered[group, $9]++
  windows[group] += $11
  noise[group] += $12
  if ($13 != "") widen(group, "floor", $13)
  verdict = $9 == "too short" ? "" : $9 == "unknown" || $9 == "noise" ? "no answer" : \
    right == "–" && group != "adsb" ? "" : $9 == right ? "right" : "wrong"
  verdicts[verdict]++
  rows = rows sprintf("| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", group, $2, \
    told($3, $4), told(rate, $6), told(center, $8), \
    $9 ($10 == "" ? "" : sprintf(" (%.3f)", $10)) (verdict == "wrong" ? ", wrong" : ""), $11, \
    share($12, $11), $13 == "" ? "–" : level($13))
}

END {
  print "# Real recordings"
  print ""
  print "What psdpipe makes of " total " recordings that others made, and where its built-in model"
  print "is wrong about them. This page and its picture are written by"
  print "`CAPTURES=DIR scripts/study-captures.sh`; the recordings themselves are not part of the"
  print "project."
  print ""
  print "![the spectra of all recordings](real-captures.svg)"
  print ""
  print "Each picture shows the whole band, and from its largest bin down what its heading says; below"
  print "it stands the built-in model's answer."
  print ""
  print "## How they are read"
  print ""
  print "In brackets stands what told the fact: the file's header, its name, or an option where"
  print "neither tells it. Rate and centre are those of the complex samples: real ones (the WAV"
  print "files) are read at half their rate, and where no centre is told their frequencies count"
  print "from 0 Hz of what is stored. The floor is the median of the windows' noise floors in"
  print "dB(FS²/(cycle/sample)), from the least to the greatest of a group."
  print ""
  print "| | recordings | format | rate | centre | windows | noise | floor |"
  print "|---|---|---|---|---|---|---|---|"
  for (i = 1; i <= count; i++) {
    group = groups[i]
    if (!recordings[group]) continue
    center = "–"
    if ((group, "center") in low) {
      center = range(sprintf("%.10g", low[group, "center"] / 1e6), \
        sprintf("%.10g", high[group, "center"] / 1e6)) " MHz (" list[group, "center origin"] ")"
    }
    printf "| %s | %d | %s | %s | %s | %d | %s | %s |\n", what[group], recordings[group], \
      list[group, "format"], list[group, "rate"], center, windows[group], \
      share(noise[group], windows[group]), \
      range(level(low[group, "floor"]), level(high[group, "floor"]))
  }
  print ""
  print "- The band of the satellites' recordings begins at 0 Hz. What lies within 1.1 % of the"
  print "  stored rate from there shows at the other end of the picture, too: the spectrum is"
  print "  circular, and [no filter](formats.md#real-samples) parts a real signal's two halves where"
  print "  they meet."
  print "- `sat_fsk/ops_sat.wav` lasts a quarter of a second, less than the model's FFT of 8192"
  print "  points needs: `classify` refuses it and says so. `psd --bins 256` draws it."
  print "- The line at the centre of the LTE recordings about 1890 MHz is the receiver's own offset of"
  print "  I and Q; `--remove-dc` takes it off. The line in the ADS-B recording stands 67 kHz below the"
  print "  centre and is none."
  print "- Five of the LTE recordings begin with a header of 128 bytes that their names do not tell."
  print "  Read as samples it is 64 of the first window's 65,536 and changes no recording's answer;"
  print "  `--skip-bytes 128` passes over it."
  print ""
  print "## What the built-in model says"
  print ""
  print "It was trained on four [synthetic classes](builtin-model.md), none of which these signals"
  print "are. The nearest class is the one whose modulation a recording has; an answer of another"
  print "class is wrong. `sat_unlabelled` is not judged, and for ADS-B every class is wrong."
  print ""
  printf "| | nearest |"
  for (k = 1; k <= classes; k++) printf " `%s` |", answers[k]
  print " too short |"
  print "|---|---|---|---|---|---|---|---|---|"
  for (i = 1; i <= count; i++) {
    group = groups[i]
    if (!recordings[group]) continue
    printf "| %s | %s |", what[group], nearest[i]
    for (k = 1; k <= classes; k++) printf " %d |", answered[group, answers[k]]
    printf " %d |\n", answered[group, "too short"]
  }
  judged = verdicts["right"] + verdicts["wrong"] + verdicts["no answer"]
  print ""
  printf "Of %d judged answers **%d are wrong**, %d right, and %d are `unknown`. ", judged, \
    verdicts["wrong"], verdicts["right"], verdicts["no answer"]
  print "The wrong"
  print "ones passed the threshold below which the model says `unknown`: its confidence does not tell"
  print "them. It is a demonstration; for such signals train one on labelled recordings of your own."
  print ""
  print "- FSK after an FM demodulator is no FSK any more but a baseband of two levels about 0 Hz:"
  print "  shaped like the pulses of `rrc`, which it is often called."
  print "- A cell of LTE fills the band; the model knows `ofdm` of .06 to .20 of it."
  print ""
  print "## Each recording"
  print ""
  print "| group | recording | format | rate | centre | answer | windows | noise | floor [dB] |"
  print "|---|---|---|---|---|---|---|---|---|"
  printf "%s", rows
  print ""
  print "## Sources and licences"
  print ""
  print "| recordings | source | licence |"
  print "|---|---|---|"
  print "| `sat_…` | [daniestevez/satellite-recordings]" \
    "(https://github.com/daniestevez/satellite-recordings) at 952ddfe53f62 | Unlicense |"
  print "| `lte` | [JiaoXianjun/rtl-sdr-LTE](https://github.com/JiaoXianjun/rtl-sdr-LTE) at" \
    " 037a25f164f1, the first 2,097,152 bytes of each | MIT, © 2014 JiaoXianjun |"
  print "| `rc_car` | [tammakiiroha/rc-car-2_4ghz-iq-dataset]" \
    "(https://github.com/tammakiiroha/rc-car-2_4ghz-iq-dataset) at 3194b75f9001 |" \
    " CC-BY-4.0, © 2026 Meitou Ro and Jinxiao Zhu |"
  print "| `adsb` | [antirez/dump1090](https://github.com/antirez/dump1090) at efe64db3c6ba |" \
    " BSD-3-Clause, © 2012 Salvatore Sanfilippo |"
  print ""
  print "The picture shows their spectra, computed by psdpipe; no samples can be taken from it."
}
