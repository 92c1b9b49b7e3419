"""Runs one process and measures it whole: time, processor time, peak memory."""
import os
import signal
import tempfile
import threading
import time
from typing import NamedTuple


class Failed(Exception):
    """A process that was to be measured ended with a failure."""


class Usage(NamedTuple):
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str


def run(argv, environment=None, keep_output=True, sample_memory=False, accept=(0,)):
    """Runs `argv` in a session of its own, without input. Failed when its exit status is not one
    to accept; whatever ends this call ends the process."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        null = os.open(os.devnull, os.O_RDWR)
        target = out.fileno() if keep_output else null
        start = time.monotonic()
        pid = os.posix_spawnp(argv[0], argv, {**os.environ, **(environment or {})}, setsid=True,
                              file_actions=[(os.POSIX_SPAWN_DUP2, null, 0),
                                            (os.POSIX_SPAWN_DUP2, target, 1),
                                            (os.POSIX_SPAWN_DUP2, errors.fileno(), 2)])
        sampler = MemorySampler(pid) if sample_memory else None
        try:
            _, status, usage = os.wait4(pid, 0)
            seconds = time.monotonic() - start
        except BaseException:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise
        finally:
            os.close(null)
            if sampler:
                sampler.stop()
        if os.waitstatus_to_exitcode(status) not in accept:
            errors.seek(max(0, errors.seek(0, os.SEEK_END) - 200))
            said = errors.read().decode("utf-8", "replace").strip().replace("\n", " ")
            raise Failed(f"{argv[0]} ended with {os.waitstatus_to_exitcode(status)}: {said}")
        out.seek(0)
        return Usage(seconds, usage.ru_utime + usage.ru_stime, sampler.peak if sampler else 0,
                     out.read().decode("utf-8"))


class MemorySampler:
    """The peak memory of a session's processes: of the largest one as the kernel keeps it, or of all
    together as it is seen from time to time (without the pages of files), whichever is more. What
    wait4() tells is no use: it begins with the size of the process that spawned."""
    INTERVAL = 0.1

    def __init__(self, session):
        self.session, self.peak = session, 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.ended.wait(self.INTERVAL):
            seen = [memory_of(process) for process in processes_of(self.session)]
            self.peak = max(self.peak, sum(now for now, _ in seen), *(high for _, high in seen), 0)

    def stop(self):
        self.ended.set()
        self.thread.join()


def processes_of(session):
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="latin-1") as stat:
                    fields = stat.read().rsplit(")", 1)[1].split()
            except (OSError, IndexError):  # it has just ended
                continue
            if int(fields[3]) == session:
                yield name


def memory_of(process):
    """Bytes of anonymous and shared pages now, and of all pages at most so far."""
    sizes = {}
    try:
        with open(f"/proc/{process}/status", encoding="latin-1") as status:
            for line in status:
                if line.startswith(("VmHWM:", "RssAnon:", "RssShmem:")):
                    name, size = line.split()[:2]
                    sizes[name] = int(size) * 1024
    except OSError:  # it has just ended
        pass
    return sizes.get("RssAnon:", 0) + sizes.get("RssShmem:", 0), sizes.get("VmHWM:", 0)


def bytes_of(path):
    """What a file or folder takes on disk, without the holes in files."""
    if os.path.isdir(path):
        return sum(bytes_of(entry.path) for entry in os.scandir(path))
    info = os.stat(path)
    return min(info.st_size, info.st_blocks * 512)
