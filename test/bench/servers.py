# SPDX-License-Identifier: AGPL-3.0-or-later
"""Servers to be measured, each a process of its own, and clients for them. Only what the server
costs is counted: the processor time of its process, its threads, and its children."""
import http.client
import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse

HEADERS = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.5",
}
TOGETHER = 16  # connections
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def children(pid):
    """A process and all below it that live."""
    found = [pid]
    for name in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{name}/children") as f:
                for child in f.read().split():
                    found += children(int(child))
        except OSError:
            pass
    return found


def cpu(pid):
    """Seconds of processor time so far: the living by the scheduler's nanoseconds, those that were
    waited for by the kernel's ticks."""
    total = 0.0
    for one in children(pid):
        for task in os.listdir(f"/proc/{one}/task"):
            with open(f"/proc/{one}/task/{task}/schedstat") as f:
                total += int(f.read().split()[0]) / 1e9
        with open(f"/proc/{one}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
            total += (int(fields[13]) + int(fields[14])) / TICK
    return total


def rss(pid):
    """MiB of memory in use."""
    with open(f"/proc/{pid}/status") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) / 1024


class Client:
    """Asks a server on this machine, over one connection while the server keeps it."""

    def __init__(self, port, source="127.0.0.1"):
        self.port = port
        self.source = source  # a server allows so many connections from one address
        self.connection = None

    def request(self, method, path, body=None, headers=None):
        """The answer, with its body as .data."""
        sent = {**HEADERS, **(headers or {})}
        for again in (True, False):
            if self.connection is None:
                self.connection = http.client.HTTPConnection(
                    "127.0.0.1", self.port, timeout=120, source_address=(self.source, 0))
            try:
                self.connection.request(method, path, body, sent)
                answer = self.connection.getresponse()
                answer.data = answer.read()
                break
            except (http.client.HTTPException, OSError):
                self.connection = None
                if not again:
                    raise
        if answer.will_close:
            self.connection.close()
            self.connection = None
        return answer

    def get(self, path, headers=None):
        answer = self.request("GET", path, headers=headers)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer.data


class Server(Client):
    """A process that listens; stops with the block that it was started for."""

    def __init__(self, command, port, ready="/"):
        super().__init__(port)
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        stdin=subprocess.PIPE, start_new_session=True)
        self.pid = self.process.pid
        self.many = []
        for _ in range(200):
            if self.process.poll() is not None:
                raise RuntimeError(f"{command[0]} stopped at once")
            try:
                self.get(ready)
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{command[0]} does not answer")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.pid, signal.SIGTERM)
        self.process.wait()

    def cost(self, paths, headers=None):
        """Seconds of processor time that a request costs the server, asked one after the other."""
        self.get(paths[0], headers)
        before = cpu(self.pid)
        for path in paths:
            self.get(path, headers)
        return (cpu(self.pid) - before) / len(paths)

    def cost_together(self, paths, headers=None):
        """The same with requests that come over many connections at once, so that what it costs to
        fall asleep and to be woken, which depends on who else uses the machine, is shared by them."""
        sent = {"Host": f"localhost:{self.port}", **HEADERS, **(headers or {})}
        head = "".join(f"{k}: {v}\r\n" for k, v in sent.items())
        asked = [f"GET {path} HTTP/1.1\r\n{head}\r\n".encode() for path in paths]
        while len(self.many) < TOGETHER:
            self.many.append(socket.create_connection(("127.0.0.1", self.port)))
        before = cpu(self.pid)
        for at in range(0, len(asked), TOGETHER):
            batch = asked[at:at + TOGETHER]
            for one, connection in zip(batch, self.many):
                connection.sendall(one)
            for _, connection in zip(batch, self.many):
                read_answer(connection)
        return (cpu(self.pid) - before) / len(paths)


def read_answer(connection):
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, body = got.split(b"\r\n\r\n", 1)
    length = int(re.search(rb"(?i)content-length: *(\d+)", head).group(1))
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.split(b"\r\n")[0].decode())
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, 65536)))


def comity(binary, folder):
    port = free_port()
    return Server([binary, "serve", folder, "--demo", "--listen", f"127.0.0.1:{port}"], port)


def bare(binary, page_bytes):
    """A handler of libmicrohttpd that sends so many bytes, and does nothing else."""
    port = free_port()
    return Server([binary, "serve", str(page_bytes), str(port)], port)


def nginx(folder, page):
    """nginx that serves one file, /page."""
    port = free_port()
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/page", "wb") as f:
        f.write(page)
    with open(f"{folder}/nginx.conf", "w") as f:
        f.write(f"""daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
{"user root;" if os.geteuid() == 0 else ""}
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/html;
client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
""")
    return Server(["nginx", "-c", f"{folder}/nginx.conf"], port, "/page")


def fossil(folder, page_bytes):
    """Fossil that serves one wiki page of about so many bytes, /wiki?name=Bench."""
    port = free_port()
    os.makedirs(folder, exist_ok=True)
    home = {**os.environ, "HOME": folder, "USER": "bench"}
    run = lambda *words, text=None: subprocess.run(
        ["fossil", *words], cwd=folder, env=home, input=text, check=True, stdout=subprocess.DEVNULL)
    run("new", "--admin-user", "bench", "bench.fossil")
    line = "The group *recommends* that [/home|all stakeholders] take part in the process.\n\n"
    commit = lambda text, verb="commit": run("wiki", verb, "Bench", "-R", "bench.fossil", "-M", "text/x-markdown",
                                             text=text.encode())
    commit(line, "create")
    os.environ.update(home)
    server = Server(["fossil", "server", "--localhost", "--port", str(port), f"{folder}/bench.fossil"], port,
                    "/wiki?name=Bench")
    short = len(server.get("/wiki?name=Bench"))
    commit(line * 2)
    each = len(server.get("/wiki?name=Bench")) - short
    commit(line * max(1, (page_bytes - short) // each))
    return server


def sign_in(server, email, passphrase):
    """The headers of somebody who is signed in."""
    form, cookie = sign_in_form(server, email, passphrase)
    answer = server.request("POST", "/sign-in/passphrase", form, {
        "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie})
    session = re.search(r"__Host-session=\w+", answer.getheader("Set-Cookie") or "")
    if not session:
        raise RuntimeError(f"signing in: {answer.status}")
    return {"Cookie": session.group(0)}


def sign_in_form(server, email, passphrase):
    """What the form of signing in sends, and the cookie that it is tied to."""
    answer = server.request("GET", "/sign-in")
    visit = re.search(r"__Host-visit=\w+", answer.getheader("Set-Cookie") or "")
    token = re.search(rb'name="_token"[^>]*value="([^"]*)"', answer.data)
    form = urllib.parse.urlencode({"_token": token.group(1).decode(), "email": email,
                                   "passphrase": passphrase, "next": "/"})
    return form, visit.group(0) if visit else ""
