"""A proxy on a unix socket between libpq and PostgreSQL that reads the protocol message by message, counts the messages
in each direction, and strikes at one of them: before it goes on, when half of it has, or after.

It knows where each line stands in its transaction and which kind of statement is under way (`COPY matches`). It keeps
neither parameters, nor rows, nor the text of statements.
"""

import os
import re
import socket
import struct
import threading

TO_SERVER = "to-server"
TO_COMMAND = "to-command"

# Where a line stands: outside any transaction, in one that only reads, in one that writes, or between the departure of
# COMMIT and the arrival of its reply.
OUTSIDE = "outside"
READING = "reading"
INSIDE = "inside"
COMMIT = "commit"

_CANCEL_REQUEST = 80877102
_STATEMENT = re.compile(
    rb"\s*(?:(COPY|UPDATE|INSERT INTO|DELETE FROM)\s+(?:ONLY\s+)?\"?([a-z_]+)\"?|([A-Z]+))", re.IGNORECASE
)


class Message:
    """One message as it passed: its place among those of its direction, and what was under way."""

    __slots__ = ("direction", "number", "letter", "length", "line", "statement", "before", "after")

    def __init__(self, direction, number, letter, length, line, statement, before, after):
        self.direction = direction
        self.number = number
        self.letter = letter
        self.length = length
        self.line = line
        self.statement = statement
        self.before = before
        self.after = after


class Point:
    """A message and a moment: `before`, `half` or `after` it went on."""

    __slots__ = ("direction", "number", "moment")

    def __init__(self, direction, number, moment):
        self.direction = direction
        self.number = number
        self.moment = moment


# Of 100 blows on a command that writes: between BEGIN and COMMIT; from the departure of COMMIT to its reply.
_INSIDE_SHARE, _COMMIT_SHARE = 65, 15


def choose(log, count, dies, has_process):
    """`count` points of a log, spread evenly over its messages, denser between BEGIN and COMMIT.

    `dies`: the command is struck, and not its server. `has_process`: there is somebody to strike before the server has
    said which process of its own is on the line."""
    log = _without_middles(log)
    known = next((n for n, m in enumerate(log) if m.letter == "K"), -1)
    # At the farewell nobody waits any more.
    log = [m for n, m in enumerate(log) if m.letter != "X" and (has_process or n >= known)]
    zones = {INSIDE: [], COMMIT: [], OUTSIDE: []}
    for m in log:
        moments = ["before"]
        if dies and m.direction == TO_SERVER and m.length > 100:
            moments.append("half")
        # Once the last answer has gone the command ends by itself.
        if m is not log[-1]:
            moments.append("after")
        places = {}
        for moment in moments:
            where = m.after if moment == "after" else m.before
            point = Point(m.direction, m.number, moment)
            places.setdefault(where if where in zones else OUTSIDE, []).append(point)
        for zone, points in places.items():
            zones[zone].append(points)
    # First of all, the reply to COMMIT lost with the command, or the server killed as COMMIT reaches it.
    zones[COMMIT].sort(key=lambda points: (points[0].direction == TO_SERVER) == dies)
    if not zones[INSIDE]:
        return _spread(zones[OUTSIDE], count)
    inside = round(count * _INSIDE_SHARE / 100)
    commit = max(round(count * _COMMIT_SHARE / 100), min(count - inside, 1))
    return (
        _spread(zones[INSIDE], inside)
        + [points[n // len(zones[COMMIT]) % len(points)] for n, points in zip(range(commit), _cycle(zones[COMMIT]))]
        + _spread(zones[OUTSIDE], count - inside - commit)
    )


def _cycle(items):
    while True:
        yield from items


def _spread(messages, count):
    """One point of each of `count` messages, evenly, now of one moment, now of another; several of each when they are
    too few."""
    points = []
    while count > 0:
        some = min(count, len(messages))
        for i in range(some):
            moments = messages[(2 * i + 1) * len(messages) // (2 * some)]
            points.append(moments[len(points) % len(moments)])
        count -= some
    return points


def _without_middles(log):
    """Of rows that follow one another only the first, the middle and the last: a long answer is one event."""
    kept, rows = [], []
    for m in [*log, None]:
        if m is not None and m.letter == "D" and m.direction == TO_COMMAND:
            rows.append(m)
            continue
        kept += [rows[i] for i in sorted({0, len(rows) // 2, len(rows) - 1})] if rows else []
        rows = []
        kept += [m] if m is not None else []
    return kept


class Proxy:
    """Listens in `folder` and forwards to the server's socket at `target`."""

    def __init__(self, folder, target):
        self.folder = folder
        self.target = target
        self._lock = threading.Lock()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(os.path.join(folder, ".s.PGSQL.5432"))
        self._listener.listen(64)
        self._lines = 0
        self.arm()
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, point=None, strike=None):
        """Counts from nothing. At `point` it calls `strike(backend)`, the number of the server process on that line;
        if that returns true the command is dead, and nothing passes any more on any line."""
        with self._lock:
            self.log = []
            self.fell = None
            self._counts = {TO_SERVER: 0, TO_COMMAND: 0}
            self._point = point
            self._strike = strike
            self._is_dead = False

    def close(self):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                server.connect(self.target)
            except OSError:
                client.close()
                server.close()
                continue
            self._lines += 1
            _Line(self, self._lines, client, server).start()

    def pass_on(self, line, direction, frame, sink):
        """Forwards one whole message, unless the command is dead; false when the line ends here."""
        with self._lock:
            if self._is_dead:
                return False
            self._counts[direction] += 1
            number = self._counts[direction]
            letter = chr(frame[0]) if line.is_open else "startup"
            before, statement = line.where, line.hear(direction, letter, frame)
            message = Message(direction, number, letter, len(frame), line.number, statement, before, line.where)
            self.log.append(message)
            point = self._point
            if point is None or (point.direction, point.number) != (direction, number):
                return _send(sink, frame)
            self._point = None
            self.fell = message
            if point.moment == "half":
                _send(sink, frame[: len(frame) // 2])
            elif point.moment == "after":
                _send(sink, frame)
            self._is_dead = self._strike(line.backend)
            if self._is_dead:
                return False
            return point.moment == "after" or _send(sink, frame)


class _Line:
    """One client with its own connection to the server, and a thread for each direction."""

    def __init__(self, proxy, number, client, server):
        self.proxy = proxy
        self.number = number
        self.client = client
        self.server = server
        self.is_open = False
        self.backend = None
        self.where = OUTSIDE
        self._statement = "-"
        self._ended = 0

    def start(self):
        for source, sink, direction in (
            (self.client, self.server, TO_SERVER),
            (self.server, self.client, TO_COMMAND),
        ):
            threading.Thread(target=self._forward, args=(source, sink, direction), daemon=True).start()

    def hear(self, direction, letter, frame):
        """Notes what a message changes; the kind of statement under way."""
        if letter == "startup":
            self.is_open = True
        elif direction == TO_SERVER and letter in "QP":
            # Parse carries the name of the prepared statement first, which ends with NUL.
            text = frame[5:] if letter == "Q" else frame[frame.index(b"\0", 5) + 1 :]
            self._statement = _kind(text)
            if self._statement == "BEGIN":
                self.where = READING if b"READ ONLY" in text else INSIDE
            elif self._statement == "COMMIT" and self.where == INSIDE:
                self.where = COMMIT
        elif direction == TO_COMMAND and letter == "K":
            self.backend = struct.unpack("!I", frame[5:9])[0]
        elif direction == TO_COMMAND and letter == "Z" and frame[5:6] == b"I":
            self.where = OUTSIDE
        return self._statement

    def _forward(self, source, sink, direction):
        try:
            is_first = direction == TO_SERVER
            while True:
                frame = _frame(source, has_letter=not is_first)
                if frame is None or not self._goes_on(direction, frame, sink, is_first):
                    break
                is_first = False
        finally:
            for end in (self.client, self.server):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
            self._end()

    def _goes_on(self, direction, frame, sink, is_first):
        if is_first and struct.unpack("!I", frame[4:8])[0] == _CANCEL_REQUEST:
            _send(sink, frame)
            return False
        return self.proxy.pass_on(self, direction, frame, sink)

    def _end(self):
        # The last of the two threads lets go: nobody reads a descriptor that was closed and given to another.
        with self.proxy._lock:
            self._ended += 1
            if self._ended == 2:
                self.client.close()
                self.server.close()


def _kind(text):
    found = _STATEMENT.match(text)
    if found is None:
        return "-"
    verb, table, word = found.groups()
    if word:
        return word.decode().upper()
    return verb.decode().upper().split()[0] + " " + table.decode()


def _send(sink, data):
    try:
        sink.sendall(data)
        return True
    except OSError:
        return False


def _receive(source, count):
    parts = []
    while count > 0:
        try:
            part = source.recv(min(count, 1 << 20))
        except OSError:
            return None
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _frame(source, has_letter):
    """A whole message with its header; None at the end of the stream."""
    head = _receive(source, 5 if has_letter else 4)
    if head is None:
        return None
    length = struct.unpack("!I", head[-4:])[0]
    if length < 4 or length >= 1 << 30:
        return None
    body = _receive(source, length - 4)
    return None if body is None else head + body
