#!/usr/bin/env python3
"""Makes dossier/outlines.json, the country outlines of the incident map.

In: Natural Earth, 1:110m, Admin 0 countries (public domain), as GeoJSON, gzipped or not.
Out: {"PER": {"name": "Peru", "rings": [[lon, lat, step, step, ...], ...]}, ...}. Numbers are hundredths of a degree;
the first two of a ring are its first point, and each pair after them is the step from the point before. Outer rings
and holes stand in one list: the page fills them by the even-odd rule.

Invariant: rounding is done on the points, never on the steps, so errors do not add up along a ring.

    python3 web/outlines.py ../shared/data/gazetteer/natural-earth/ne_110m_admin_0_countries.json.gz
"""

import gzip
import json
import pathlib
import sys


def steps(ring):
    """The ring in hundredths of a degree: its first point, then steps; points that fall together are one."""
    out, last = [], None
    for lon, lat in ring:
        point = (round(lon * 100), round(lat * 100))
        if point == last:
            continue
        out += point if last is None else (point[0] - last[0], point[1] - last[1])
        last = point
    return out


def outlines(features):
    """The outlines by ISO 3166-1 alpha-3 code; where Natural Earth has none, by its own code."""
    out = {}
    for feature in features:
        facts, shape = feature["properties"], feature["geometry"]
        code = facts["ADM0_A3"] if facts["ISO_A3_EH"] in (None, "-99") else facts["ISO_A3_EH"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        if code in out:  # two features of one code must not hide each other
            code = facts["ADM0_A3"]
        out[code] = {"name": facts["NAME"], "rings": [steps(ring) for polygon in polygons for ring in polygon]}
    return dict(sorted(out.items()))


def main():
    path = pathlib.Path(sys.argv[1])
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as lines:
        made = outlines(json.load(lines)["features"])
    target = pathlib.Path(__file__).parent / "dossier" / "outlines.json"
    text = json.dumps(made, ensure_ascii=True, separators=(",", ":")).replace('},"', '},\n"')
    target.write_text(text + "\n", encoding="utf-8")
    print(f"{len(made)} outlines, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
