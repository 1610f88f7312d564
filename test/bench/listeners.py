# SPDX-License-Identifier: AGPL-3.0-or-later
"""Listeners of one live text: ours, a bare epoll loop, and nginx with nchan. A line of 120 bytes
every 250 ms; live_bench.c speaks and listens. Counted are the server's processor time for each line
that arrived, how late the lines came, and the server's memory."""
import os
import statistics
import subprocess
import time

import servers

SECONDS = 5
ROUNDS = 5


def start_nchan(folder):
    port = servers.free_port()
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/nginx.conf", "w") as f:
        f.write(f"""load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
{"user root;" if os.geteuid() == 0 else ""}
events {{ worker_connections 18000; }}
http {{ access_log off; client_body_temp_path {folder}/1; proxy_temp_path {folder}/2;
fastcgi_temp_path {folder}/3; uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
server {{ listen 127.0.0.1:{port} backlog=4096;
location /speak {{ nchan_publisher; nchan_channel_id a; nchan_message_buffer_length 5; }}
location /line {{ nchan_subscriber eventsource; nchan_channel_id a; nchan_subscriber_first_message newest; }}
}} }}
""")
    return subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf"], start_new_session=True), port


class Heard:
    """What N listeners of a kind of server heard, and what it cost."""

    def __init__(self, bench, work, kind, n, stalled=0):
        voice = None
        if kind == "nchan":
            server, port = start_nchan(work + "/nchan")
            time.sleep(0.7)
            voice = subprocess.Popen([bench, "speak", str(port), "/speak"], stdin=subprocess.PIPE)
        else:
            server = subprocess.Popen([bench, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            port = int(server.stdout.readline())
        try:
            self.measure(bench, server.pid, port, n, stalled)
        finally:
            if voice:
                voice.stdin.close()
                voice.wait()
            if server.stdin:
                server.stdin.close()
            else:
                server.terminate()
            server.wait()

    def measure(self, bench, pid, port, n, stalled):
        memory = lambda: sum(servers.rss(p) for p in servers.children(pid))
        before = memory()
        ears = subprocess.Popen([bench, "listen", str(port), "/line", str(n), str(stalled), str(SECONDS)],
                                stdout=subprocess.PIPE, text=True)
        if ears.stdout.readline() != "open\n":
            raise RuntimeError("not all listeners came in")
        cost = servers.cpu(pid)
        words = ears.stdout.readline().split()
        self.cpu = servers.cpu(pid) - cost
        self.kib = (memory() - before) * 1024 / n
        ears.wait()
        self.p50, self.p99, came = float(words[1]), float(words[3]), int(words[5])
        self.cpu = self.cpu * 1e6 / max(came, 1)
        # A line may fall on either side of the beginning and of the end.
        if came < (n - stalled) * (SECONDS * 4 - 4):
            self.p50 = self.p99 = float("inf")


def medians(bench, work, n, *kinds):
    """Of each kind of server, with so many who never read, in rounds that alternate."""
    heard = [[] for _ in kinds]
    for _ in range(ROUNDS):
        for at, (kind, stalled) in enumerate(kinds):
            heard[at].append(Heard(bench, work, kind, n, stalled))
    return [{name: statistics.median(getattr(one, name) for one in of_kind)
             for name in ("cpu", "p50", "p99", "kib")} for of_kind in heard]


def rows(table, work, bench, sizes):
    for n in sizes:
        ours, loop, peer = medians(bench, work, n, ("comity", 0), ("bare", 0), ("nchan", 0))
        table.most("live", f"{n:,} listeners, CPU a line; bare epoll loop", ours["cpu"], loop["cpu"], "us", 1.3)
        table.most("live", f"{n:,} listeners, p99 of a line's way; bare epoll loop", ours["p99"] / 1000,
                   loop["p99"] / 1000, "ms", 1.5)
        table.most("live", f"{n:,} listeners, CPU a line; nginx with nchan", ours["cpu"], peer["cpu"], "us", 0.7)
        table.most("live", f"{n:,} listeners, p99 of a line's way; nginx with nchan", ours["p99"] / 1000,
                   peer["p99"] / 1000, "ms", 1.0)
        table.row("live", f"{n:,} listeners, p50 of a line's way; nginx with nchan", ours["p50"] / 1000,
                  peer["p50"] / 1000, "ms")
        table.absolute("live", f"{n:,} listeners, memory of each", ours["kib"], "KiB", 8, at_least=False)
    n = sizes[-1] // 2
    free, held = medians(bench, work, n, ("comity", 0), ("comity", n // 100))
    table.most("live", f"{n:,} listeners, p99 with one in a hundred who never reads; with none",
               held["p99"] / 1000, free["p99"] / 1000, "ms", 1.2)
