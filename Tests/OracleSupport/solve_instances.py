"""Solves instances by integer programming, to compare objectives with.

Reads instances in their text form from standard input, one after the other; prints one objective per line.
Nothing is shared with the solver under test: here every candidate and every receipt step is a variable, and
integrality is demanded rather than deduced from the shape of the limits.

With two arguments, what a ring of two and a ring of three communities add, every ring is a variable too: at most 1, and
over the rings of an arc from one community to another at most as many as its candidates chosen.
"""

import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix


def instances(lines):
    instance = None
    for line in lines:
        kind, *fields = line.split()
        if kind == "p":
            if instance is not None:
                yield instance
            instance = {"B": [], "F": [], "C": [], "O": [], "N": [], "E": []}
        elif kind == "B":
            instance["B"] = [int(field) for field in fields]
        else:
            instance[kind].append([int(field) for field in fields])
    if instance is not None:
        yield instance


def rings(arcs, pair_bonus, ring_bonus):
    """The arcs of every ring, from its community of least index, and what it adds."""
    for first, second in sorted(arcs):
        if second < first or first == second:
            continue
        if (second, first) in arcs:
            yield [(first, second), (second, first)], pair_bonus
        for start, third in sorted(arcs):
            if start == second and third > first and third != second and (third, first) in arcs:
                yield [(first, second), (second, third), (third, first)], ring_bonus


def objective(instance, pair_bonus=0, ring_bonus=0):
    bonuses = instance["B"]
    gains, limits = [], []
    rows, columns, values, lowest, highest = [], [], [], [], []

    def constraint(low, high):
        lowest.append(low)
        highest.append(high)
        return len(highest) - 1

    def enter(row, column, value):
        rows.append(row)
        columns.append(column)
        values.append(value)

    give = [constraint(0, community[1]) for community in instance["C"]]
    received = [constraint(0, 0) for _ in instance["C"]]
    offers = [constraint(0, offer[2]) for offer in instance["O"]]
    needs = [constraint(0, need[2]) for need in instance["N"]]

    for need, offer, score in instance["E"]:
        column = len(gains)
        gains.append(score)
        limits.append(1)
        enter(needs[need], column, 1)
        enter(offers[offer], column, 1)
        enter(give[instance["O"][offer][1]], column, 1)
        enter(received[instance["N"][need][1]], column, 1)
    arcs = {}
    for column, (need, offer, _) in enumerate(instance["E"]):
        arcs.setdefault((instance["O"][offer][1], instance["N"][need][1]), []).append(column)
    rows_of_arcs = {}
    for ring, bonus in rings(arcs, pair_bonus, ring_bonus) if pair_bonus or ring_bonus else []:
        for arc in ring:
            if arc not in rows_of_arcs:
                rows_of_arcs[arc] = constraint(-np.inf, 0)
                for column in arcs[arc]:
                    enter(rows_of_arcs[arc], column, -1)
            enter(rows_of_arcs[arc], len(gains), 1)
        gains.append(bonus)
        limits.append(1)
    extras = dict(instance["F"])
    for community, _, receive in instance["C"]:
        steps = [(bonus, 1) for bonus in (bonuses or [0])[:receive]]
        if steps:
            steps[0] = (steps[0][0] + extras.get(community, 0), 1)
        steps.append((0, receive - len(steps)))
        for bonus, limit in steps:
            enter(received[community], len(gains), -1)
            gains.append(bonus)
            limits.append(limit)

    if not gains:
        return 0
    matrix = csr_matrix((values, (rows, columns)), shape=(len(highest), len(gains)))
    result = milp(
        c=-np.array(gains, dtype=float),
        constraints=LinearConstraint(matrix, lowest, highest),
        bounds=Bounds(0, limits),
        integrality=np.ones(len(gains)),
        options={"mip_rel_gap": 0},
    )
    if not result.success:
        raise SystemExit(result.message)
    return int(np.dot(np.rint(result.x).astype(np.int64), np.array(gains, dtype=np.int64)))


for found in instances(sys.stdin):
    print(objective(found, *map(int, sys.argv[1:])))
