"""What `faults` strikes at and looks at: a private database in a temporary folder, its rounds, the endpoint, and a
witness who reads it all the while."""

import datetime
import hashlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.realpath(__file__))


class Wrong(Exception):
    """Something that must not break broke."""


def require(holds, what):
    if not holds:
        raise Wrong(what)


class Stage:
    """A private database in a temporary folder, and the command."""

    def __init__(self, binary):
        self.binary = binary
        # Under /tmp whatever TMPDIR says: the path of a socket has 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="ef-", dir="/tmp")
        # The server's unprivileged user passes through; it cannot list.
        os.chmod(self.folder, 0o711)
        self.home = os.path.join(self.folder, "h")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "ENTRAIDE_"))}
        self.environment = dict(kept, ENTRAIDE_HOME=self.home, LC_ALL="C.UTF-8", LANG="C.UTF-8")
        self.started = []

    def start(self, *words, through=None):
        if through is not None:
            words += ("--database", f"host={through.folder} user=entraide dbname=entraide")
        number = len(self.started)
        with self.note(number, "out") as out, self.note(number, "err") as err:
            process = subprocess.Popen(
                [self.binary, *words], env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        process.number = number
        self.started.append(process)
        return process

    def note(self, number, stream):
        """A file that only we read: one of them holds a token."""
        return open(f"{self.folder}/{number}.{stream}", "wb", opener=lambda path, flags: os.open(path, flags, 0o600))

    def said(self, process, stream="out"):
        with open(f"{self.folder}/{process.number}.{stream}", encoding="utf-8", errors="replace") as file:
            return file.read()

    def wait(self, process, seconds=120):
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Wrong(f"the command did not end within {seconds} s") from None

    def run(self, *words, expect=(0,)):
        """Runs the command on the private database; what it printed."""
        process = self.start(*words)
        status = self.wait(process)
        code = re.findall(r"\[([a-z0-9-]+)\]\s*$", self.said(process, "err"))
        require(status in expect, f"{' '.join(words[:2])} exited with {status} {' '.join(code)}".rstrip())
        return self.said(process)

    def ask(self, sql, url=None):
        """The rows of one statement, hence of one snapshot."""
        done = subprocess.run(
            ["psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", sql, url or self.url],
            env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        require(done.returncode == 0, f"psql exited with {done.returncode}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def make(self):
        self.run("init")
        self.run("territory", "import", f"{HERE}/sample/communes.csv")
        self.run("community", "import", "--from", "entraide", f"{HERE}/sample/communities.ndjson")
        self.url = self.run("database", "url").strip()
        self.socket = re.search(r"host='([^']+)'", self.url).group(1) + "/.s.PGSQL.5432"
        # Two days with two results: on the second, a third of the profiles has become too old to rely on.
        self.ask("UPDATE communities SET confirmed_on = confirmed_on - 200 WHERE id % 3 = 0")
        today = datetime.date.today()
        self.days = [today.isoformat(), (today + datetime.timedelta(days=200)).isoformat()]
        self.run("partner", "add", "faults")
        self.token = self.run("token", "create", "faults", "--days", "1").strip()

    def postmaster(self):
        """The number of our own server, or None: surely ours, since it works in our folder."""
        try:
            with open(f"{self.home}/cluster/postmaster.pid", encoding="ascii") as file:
                pid = int(file.readline())
            return pid if os.readlink(f"/proc/{pid}/cwd") == os.path.realpath(f"{self.home}/cluster") else None
        except (OSError, ValueError):
            return None

    def clean(self, keep):
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.wait()
        if os.path.exists(f"{self.home}/cluster"):
            self.wait(self.start("database", "stop"))
            if (pid := self.postmaster()) is not None:
                os.kill(pid, signal.SIGQUIT)
        if keep:
            print(f"kept: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)


# ---------------------------------------------------------------- what a round is made of

# One statement, one snapshot: the round's row, then its six tables, each counted and digested whole.
_TABLES = {
    "matches": "number, candidate, status, score, provider_id, offer_skill_id, receiver_id, need_skill_id, distance_hm, ring",
    "match_reasons": "number, position, factor, weight, value, points",
    "round_prices": "kind, n, subject, skill, price",
    "round_inputs": "n, kind, subject, line, digest",
    "round_instances": "n, lines",
    "round_multipliers": "provider, receiver, value",
}
_ROUND = "SELECT r.status, r.epoch, r.run_at IS NOT NULL, r.published_at IS NOT NULL, coalesce(r.matches, 0)," \
    " coalesce(r.score, 0), (SELECT coalesce(sum(score), 0) FROM matches WHERE round_id = r.id)," \
    " (SELECT count(*) FROM matches AS m WHERE m.round_id = r.id AND m.score IS DISTINCT FROM" \
    " (SELECT sum(points) FROM match_reasons AS x WHERE (x.round_id, x.number) = (m.round_id, m.number)))," \
    " md5(concat_ws(' ', on_date, matches, score, objective, bound, candidates, input_digest, instance_digest," \
    " result_digest)), coalesce(instance_digest, ''), coalesce((SELECT encode(sha256(convert_to(string_agg(lines," \
    " '' ORDER BY n), 'UTF8')), 'hex') FROM round_instances WHERE round_id = r.id), '')" + "".join(
        f", (SELECT count(*) || ' ' || coalesce(md5(string_agg(x::text, chr(10) ORDER BY x::text)), '-')"
        f" FROM (SELECT {columns} FROM {table} WHERE round_id = r.id) AS x)" for table, columns in _TABLES.items()
    ) + " FROM rounds AS r WHERE r.slug = '{}'"


class Found:
    """A round as it stands: status, epoch, and one digest of all that it holds."""

    def __init__(self, stage, name):
        self.name = name
        rows = stage.ask(_ROUND.format(name))
        require(len(rows) == 1, f"{len(rows)} rows for one round")
        row = rows[0]
        self.status, self.epoch = row[0], int(row[1])
        self.content = hashlib.sha256("\t".join(row[8:]).encode()).hexdigest()
        self.counts = [int(part.split()[0]) for part in row[11:]]
        require(row[4] == str(self.counts[0]), "the row's count of matches is not that of its matches")
        require(row[5] == row[6], "the row's score is not that of its matches")
        require(row[7] == "0", "a match whose reasons do not add up to its score")
        require(row[9] == row[10], "the instance is not that of the row's digest")
        require((row[2] == "t") == (self.counts[3] > 0), "frozen input without a result, or the reverse")
        require((row[3] == "t") == (self.status == "published"), "status and time of publication disagree")

    @property
    def state(self):
        return (self.status, self.content)


def digests(stage, name):
    return tuple(stage.run("round", "show", name, "--proof", "-o", "text").rstrip("\n").split("\t")[-3:])


# ---------------------------------------------------------------- the endpoint, and a witness that never stops asking


class Server:
    """`entraide serve` on a port of its own choice."""

    def __init__(self, stage, through=None):
        self.stage = stage
        self.process = stage.start(
            # One client asks all the while, as fast as it is answered.
            "serve", "--listen", "127.0.0.1:0", "--address-rate", "0", "--token-rate", "0", through=through)
        deadline = time.monotonic() + 30
        self.port = None
        while self.port is None:
            require(self.process.poll() is None, f"serve exited with {self.process.returncode}")
            require(time.monotonic() < deadline, "serve did not start within 30 s")
            said = re.search(r"http://127\.0\.0\.1:(\d+)", stage.said(self.process, "err"))
            self.port = int(said.group(1)) if said else None
            time.sleep(0.02)

    def get(self, path):
        """Status, body and whether to try again later; a status of 0 when no whole answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Authorization": "Bearer " + self.stage.token})
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.getheader("Retry-After") is not None
        except (http.client.HTTPException, OSError):
            return 0, b"", False
        finally:
            connection.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            require(self.stage.wait(self.process, 30) == 0, "serve did not stop well when asked to")


class Witness:
    """Reads a round over HTTP all the while, and remembers every answer that no whole state explains."""

    def __init__(self, stage, paths, whole):
        self.server = Server(stage)
        self.paths = paths
        # For each path, the answers that are right: status and body.
        self.whole = whole
        self.answers = self.away = 0
        self.seen = set()
        self.faults = []
        # Until when PostgreSQL may be away.
        self.away_until = 0.0
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self):
        while not self._ends.is_set():
            for path in self.paths:
                asked = time.monotonic()
                status, body, later = self.server.get(path)
                self.answers += 1
                if (status, body) in self.whole[path]:
                    self.seen.add((path, status, body))
                elif asked < self.away_until and (status == 0 or status == 503 and later):
                    self.away += 1
                else:
                    self.faults.append(f"serve answered {path.split('?')[0]} with {status}, no whole state")
            self._ends.wait(0.02)

    def take_faults(self):
        faults, self.faults = self.faults, []
        return faults

    def stop(self):
        self._ends.set()
        self._thread.join()
        self.server.stop()
