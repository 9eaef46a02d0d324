"""Solves instance files with OR-tools' SimpleMinCostFlow and prints a line of key=value fields for each.

The laminar problem as a network: source → receiver (receive) → need (quantity) → offer, one arc per candidate
(capacity 1, cost −score) → provider (capacity) → sink (give). A bonus step is an arc of its own from the source to
each receiver, of capacity 1 and cost −bonus. How much flows is free: what does not flow goes from source to sink at
cost 0.

`seconds` is the time of solve() alone, arcs given, `cpu` what it took of the processor, `stating` the time that giving the
arcs took; `peak_mib` is of the whole process. Arcs are given in bulk, block by block, so that reading costs as little
memory as it can.
"""

import argparse
import resource
import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow

BLOCK = 1 << 24
LETTERS = b"CONE"


class Fields:
    """The numbers of a file, line by line of four fields, in blocks."""

    def __init__(self, file):
        self.file = file
        self.rest = b""
        self.ready = np.empty((0, 3), dtype=np.int64)

    def take(self, count):
        """Yields arrays of three columns, `count` rows in all."""
        while count > 0:
            if len(self.ready) == 0:
                block = self.file.read(BLOCK)
                if not block and not self.rest:
                    raise SystemExit("cut short")
                text = self.rest + block
                end = text.rfind(b"\n") + 1 if block else len(text)
                self.rest = text[end:]
                numbers = np.fromstring(text[:end].translate(None, LETTERS), dtype=np.int64, sep=" ")
                self.ready = numbers.reshape(-1, 3)
            rows, self.ready = self.ready[:count], self.ready[count:]
            count -= len(rows)
            if len(rows):
                yield rows

    def table(self, count):
        parts = list(self.take(count))
        return np.concatenate(parts) if parts else np.empty((0, 3), dtype=np.int64)


def network(path, bonuses):
    flow = min_cost_flow.SimpleMinCostFlow()
    stating = 0.0
    with open(path, "rb") as file:
        counts = [int(field) for field in file.readline().split()[2:]]
        communities, offers, needs, candidates = counts
        start = file.tell()
        extras = np.zeros(communities, dtype=np.int64)
        while (line := file.readline())[:1] in (b"B", b"F"):
            if line.startswith(b"B"):
                bonuses = bonuses if bonuses is not None else [int(field) for field in line.split()[1:]]
            else:
                community, extra = map(int, line.split()[1:])
                extras[community] = extra
            start = file.tell()
        file.seek(start)
        bonuses = bonuses or ([0] if extras.any() else [])
        fields = Fields(file)
        limits = fields.table(communities)
        offer = fields.table(offers)
        need = fields.table(needs)

        source, sink = 0, 1
        receiver = 2
        first_need = receiver + communities
        first_offer = first_need + needs
        provider = first_offer + offers

        def add(tails, heads, capacities, costs=0):
            nonlocal stating
            start = time.perf_counter()
            count = len(tails)
            flow.add_arcs_with_capacity_and_unit_cost(
                np.ascontiguousarray(tails, dtype=np.int32),
                np.ascontiguousarray(heads, dtype=np.int32),
                np.ascontiguousarray(capacities, dtype=np.int64),
                np.ascontiguousarray(np.broadcast_to(costs, count), dtype=np.int64),
            )
            stating += time.perf_counter() - start

        ids = np.arange(communities)
        steps = np.minimum(limits[:, 2], len(bonuses)) if bonuses else np.zeros(communities, dtype=np.int64)
        for step, bonus in enumerate(bonuses):
            some = ids[steps > step]
            add(np.full(len(some), source), receiver + some, np.ones(len(some)), -bonus - (extras[some] if step == 0 else 0))
        add(np.full(communities, source), receiver + ids, limits[:, 2] - steps)
        add(receiver + need[:, 1], first_need + np.arange(needs), need[:, 2])
        for rows in fields.take(candidates):
            add(first_need + rows[:, 0], first_offer + rows[:, 1], np.ones(len(rows)), -rows[:, 2])
        add(first_offer + np.arange(offers), provider + offer[:, 1], offer[:, 2])
        add(provider + ids, np.full(communities, sink), limits[:, 1])
        total = int(min(limits[:, 1].sum(), limits[:, 2].sum(), offer[:, 2].sum(), need[:, 2].sum()))
        add([source], [sink], [total])
        flow.set_nodes_supplies(np.array([source, sink], dtype=np.int32), np.array([total, -total], dtype=np.int64))
    return flow, stating


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--bonus", help="PPM[,PPM…]: instead of those of the files")
    arguments = parser.parse_args()
    bonuses = [int(step) for step in arguments.bonus.split(",")] if arguments.bonus else None
    for path in arguments.files:
        flow, stating = network(path, bonuses)
        wall, cpu = time.perf_counter(), time.process_time()
        status = flow.solve()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        if status != flow.OPTIMAL:
            sys.exit(f"{path}: OR-tools did not solve it: {status}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"objective={-flow.optimal_cost()} seconds={wall:.3f} peak_mib={peak:.0f} cpu={cpu:.3f} stating={stating:.3f}")


main()
