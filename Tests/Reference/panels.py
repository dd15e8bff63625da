"""Panels of curves side by side as SVG, for the other scripts here."""
import html

import numpy as np

STYLE = (
    "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#222}"
    ".ground{fill:#fff}.frame{fill:none;stroke:#666}.grid{stroke:#ddd;fill:none}"
    ".range{fill:#0060a8;fill-opacity:.25}.ours{fill:none;stroke:#0060a8;stroke-width:3}"
    ".theirs{fill:none;stroke:#b84a00;stroke-width:3}.bold{font-weight:600;font-size:11px}"
    "@media (prefers-color-scheme:dark){text{fill:#ddd}.ground{fill:#16181c}.frame{stroke:#9a9a9a}"
    ".grid{stroke:#33373d}.range{fill:#56b4e9;fill-opacity:.3}.ours{stroke:#56b4e9}"
    ".theirs{stroke:#ff9a4d}}")
UNIT = 4  # steps of a pixel, in which the lines' width is told too


class Panel:
    """One diagram; `curves` are (class of the style, x, y) or ("range", x, low, high)."""

    def __init__(self, title, across, along, curves, ticks):
        self.title, self.across, self.along = title, across, along
        self.curves, self.ticks = curves, ticks

    def path(self, x, y, box):
        left, top, width, height = box
        place = (np.asarray(x) - self.across[0]) / (self.across[1] - self.across[0])
        level = (self.along[1] - np.asarray(y)) / (self.along[1] - self.along[0])
        px = np.rint(UNIT * (left + width * place)).astype(int)
        py = np.rint(UNIT * (top + height * np.clip(level, 0, 1))).astype(int)
        steps = np.diff(px), np.diff(py)
        return f"M{px[0]} {py[0]}l" + " ".join(f"{a} {b}" for a, b in zip(*steps))

    def draw(self, left, top, width, height):
        out = [f'<text class="bold" x="{left}" y="{top - 6}">{html.escape(self.title)}</text>']
        box = left, top, width, height
        for tick in self.ticks[1]:
            y = top + height * (self.along[1] - tick) / (self.along[1] - self.along[0])
            out.append(f'<path class="grid" d="M{left} {y:.1f}h{width}"/>')
            out.append(f'<text text-anchor="end" x="{left - 4}" y="{y + 4:.1f}">{tick:g}</text>')
        for tick in self.ticks[0]:
            x = left + width * (tick - self.across[0]) / (self.across[1] - self.across[0])
            out.append(f'<path class="grid" d="M{x:.1f} {top}v{height}"/>')
            out.append(
                f'<text text-anchor="middle" x="{x:.1f}" y="{top + height + 14}">{tick:g}</text>')
        out.append(f'<g transform="scale({1 / UNIT})">')
        for kind, x, *y in self.curves:
            if kind == "range":
                line = self.path([*x, *x[::-1]], [*y[1], *y[0][::-1]], box)
                out.append(f'<path class="range" d="{line}z"/>')
            else:
                line = self.path(x, y[0], box)
                out.append(f'<path class="{kind}" d="{line}"/>')
        out.append("</g>")
        out.append(f'<rect class="frame" x="{left}" y="{top}" width="{width}" height="{height}"/>')
        return out


def write(path, title, about, panels, columns=3, width=250, height=170):
    """Writes panels row by row, with lines of explanation below; `about` has a newline between them.
    """
    rows = -(-len(panels) // columns)
    across, down = width + 50, height + 48
    total = columns * across + 14, rows * down + 64
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total[0]} {total[1]}" '
        f'width="{total[0]}" height="{total[1]}" role="img" aria-label="{html.escape(title)}">',
        f"<title>{html.escape(title)}</title><desc>{html.escape(about)}</desc>",
        f"<style>{STYLE}</style>", '<rect class="ground" width="100%" height="100%"/>',
        f'<text class="bold" x="14" y="18">{html.escape(title)}</text>',
        *(f'<text x="14" y="{total[1] - 26 + 16 * n}">{html.escape(line)}</text>'
          for n, line in enumerate(about.split("\n")))]
    for number, panel in enumerate(panels):
        row, column = divmod(number, columns)
        out += panel.draw(44 + column * across, 46 + row * down, width, height)
    path.write_text("\n".join([*out, "</svg>", ""]))
