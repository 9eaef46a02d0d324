"""Tells how many places lie within their communes, by the outlines of the communes, and how far off the others are.

Takes the table of outlines (code, type, commune_parent_id, geometry in hexadecimal WKB, degrees) and lines
`code|latitude|longitude` in millionths of a degree. Ends with 1 when a place is more than a kilometre off.
"""

import csv
import lzma
import math
import sys

import shapely

LIMIT_KM = 1
KM_PER_DEGREE = 111.195


def read_outlines(path, codes):
    """The outline of each of the codes: that of the commune, or of all parts of one that has none of its own."""
    csv.field_size_limit(1 << 30)
    whole, parts, parents = {}, {}, {}
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["geometry"] in ("", "\\N"):
                continue
            if row["type"] in ("COM", "ARM"):
                if row["code"] in codes:
                    whole[row["code"]] = shapely.from_wkb(row["geometry"])
            else:
                parts.setdefault(row["commune_parent_id"], []).append(row["geometry"])
                parents[row["code"]] = row["commune_parent_id"]
    for code in codes - whole.keys():
        if code in parents:
            whole[code] = shapely.union_all([shapely.from_wkb(part) for part in parts[parents[code]]])
    return whole


def kilometres(outline, latitude, longitude):
    """From a point in degrees to an outline; 0 within it. Flat around the point: exact enough for some kilometres."""
    scale = [KM_PER_DEGREE * math.cos(math.radians(latitude)), KM_PER_DEGREE]
    flat = shapely.transform(outline, lambda points: points * scale)
    return flat.distance(shapely.Point(longitude * scale[0], latitude * scale[1]))


def main():
    outlines_path, places_path = sys.argv[1:]
    with open(places_path, encoding="utf-8") as file:
        places = [line.rstrip("\n").split("|") for line in file]
    located = [(code, int(lat) / 1e6, int(lon) / 1e6) for code, lat, lon in places if code and lat]
    outlines = read_outlines(outlines_path, {code for code, _, _ in located})
    far = [
        kilometres(outlines[code], latitude, longitude) for code, latitude, longitude in located if code in outlines
    ]
    off = [distance for distance in far if distance > LIMIT_KM]
    print(
        f"communities={len(places)} of_a_commune={sum(1 for place in places if place[0])} with_coordinates={len(located)} "
        f"outlines={len(far)} within_1_km={len(far) - len(off)} farthest_km={max(far, default=0):.2f}"
    )
    sys.exit(1 if off or len(far) < len(located) else 0)


main()
