"""One table of all figures: ratios first, then what they are made of."""
import statistics


def quantile(values, share):
    """The value below which `share` of the values lie, between neighbours linearly."""
    values = sorted(values)
    at = share * (len(values) - 1)
    below = int(at)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (at - below)


def number(value):
    """Three digits that count."""
    if value is None:
        return "-"
    if value >= 99.5:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 9.995 else f"{value:.1f}"


class Figure:
    """One value, the median of several runs."""

    def __init__(self, values):
        self.values = [statistics.median(values)]

    def __str__(self):
        return " / ".join(map(number, self.values))

    def ratio(self, other):
        return " / ".join(number(ours / theirs) if theirs > 0 else "-"
                          for ours, theirs in zip(self.values, other.values))


class Spread(Figure):
    """p50, p95 and p99 of many queries; the ratio is that of p50 and p95."""

    def __init__(self, samples):
        self.values = [quantile(samples, share) for share in (0.5, 0.95, 0.99)]

    def ratio(self, other):
        return " / ".join(number(ours / theirs) if theirs > 0 else "-"
                          for ours, theirs in list(zip(self.values, other.values))[:2])


class Table:
    """Rows of figures, a column for each engine; the first engine is ours."""

    def __init__(self, engines, ratios=True):
        self.engines, self.ratios, self.rows = engines, ratios, []

    def heading(self, text):
        self.rows.append((text, None))

    def add(self, label, figures):
        """Figures: engine -> Figure; left out when ours has none."""
        if figures.get(self.engines[0]) is not None:
            self.rows.append((label, figures))

    def __str__(self):
        ours, *peers = self.engines
        if not self.ratios:
            peers = []
        lines = [["", *(f"{ours}:{peer}" for peer in peers), *self.engines]]
        for label, figures in self.rows:
            if figures is None:
                lines.append([label])
                continue
            cells = [figures[ours].ratio(figures[peer]) if figures.get(peer) else "-"
                     for peer in peers]
            cells += [str(figures[engine]) if figures.get(engine) else "-"
                      for engine in self.engines]
            lines.append(["  " + label, *cells])
        full = [line for line in lines if len(line) > 1]
        widths = [max(len(line[i]) for line in full) for i in range(len(lines[0]))]
        return "\n".join("  ".join([line[0].ljust(widths[0]),
                                    *(cell.rjust(width) for cell, width in
                                      zip(line[1:], widths[1:]))]).rstrip()
                         for line in lines)
