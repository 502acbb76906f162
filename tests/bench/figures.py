# SPDX-License-Identifier: GPL-3.0-or-later
# The figures that packaging/bench promises, their bounds, and how those that compare are formed from what was measured.

# name, "at most" or "at least", bound, unit
PROMISED = [
    ("kiosk_first_frame_ms", "at most", 180, "ms"),
    ("kiosk_pss_mb", "at most", 48, "MiB"),
    ("kiosk_vs_chromium_pss", "at least", 8, "times"),
    ("kiosk_idle_cpu_ms_per_min", "at most", 20, "ms"),
    ("kiosk_frame_ms_p99", "at most", 10, "ms"),
    ("kiosk_tap_to_frame_ms_p99", "at most", 30, "ms"),
    ("kiosk_tap_behind_segment_ms_p99", "at most", 30, "ms"),
    ("store_commit_per_s", "at least", 4000, "1/s"),
    ("store_apply_per_s", "at least", 40000, "1/s"),
    ("store_vs_plain_sqlite", "at most", 3, "times"),
    ("sync_push_vs_pouchdb", "at least", 20, "times"),
    ("sync_pull_vs_pouchdb", "at least", 20, "times"),
    ("sync_first_start_s", "at most", 3, "s"),
    ("sync_desk_to_kiosk_ms_p99", "at most", 2000, "ms"),
    ("sync_bytes_idle_per_day", "at most", 500000, "bytes"),
    ("relay_put_per_s", "at least", 2000, "1/s"),
    ("relay_waiting_mb", "at most", 200, "MiB"),
    ("wire_bytes_per_open_op", "at most", 64, "bytes"),
    ("wire_bytes_per_boxed_op", "at most", 200, "bytes"),
    ("sim_seeds_per_min", "at least", 300, "1/min"),
]

# name: (measured, divided by measured)
COMPARED = {
    "kiosk_vs_chromium_pss": ("chromium_pss_mb", "kiosk_pss_mb"),
    "store_vs_plain_sqlite": ("store_bulk_us_per_row", "plain_sqlite_bulk_us_per_row"),
    "sync_push_vs_pouchdb": ("sync_push_ops_per_s", "pouchdb_push_docs_per_s"),
    "sync_pull_vs_pouchdb": ("sync_pull_ops_per_s", "pouchdb_pull_docs_per_s"),
}


def read_lines(text):
    """The figures in a program's output: lines of a name and a number; other lines are talk."""
    found = {}
    for line in text.splitlines():
        words = line.split()
        if len(words) == 2 and words[0].replace("_", "").isalnum():
            try:
                found[words[0]] = float(words[1])
            except ValueError:
                continue
    return found


def compare(figures):
    """Adds what is formed from two others, where both are there."""
    for name, (above, below) in COMPARED.items():
        if figures.get(below) and above in figures:
            figures[name] = figures[above] / figures[below]


def table(figures):
    """The promised figures as text, and whether each is there and within its bound."""
    lines, missing, out_of_bounds = [], [], []
    for name, kind, bound, unit in PROMISED:
        value = figures.get(name)
        if value is None:
            missing.append(name)
            verdict = "NOT MEASURED"
        else:
            reached = value <= bound if kind == "at most" else value >= bound
            verdict = "reached" if reached else "NOT REACHED"
            if not reached:
                out_of_bounds.append(name)
        shown = "-" if value is None else f"{value:.4g}" if value < 1000 else f"{value:.0f}"
        lines.append(f"{name:27} {shown:>10} {unit:6} {kind} {bound:<6} {verdict}")
    others = sorted(set(figures) - {name for name, *_ in PROMISED})
    lines += ["", "beside them:"] + [f"{name:35} {figures[name]:>12.6g}" for name in others]
    return "\n".join(lines), missing, out_of_bounds
