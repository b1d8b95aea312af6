"""NHS England's mesh-client at the same work: `peer.py URL JOB`, where JOB is JSON; prints one line of JSON."""

import hashlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from mesh_client import MeshClient

WORKFLOW = "BENCH"
BLOCK = 64 * 1024


def template() -> bytes:
    text = ""
    number = 0
    while len(text) < BLOCK:
        name = hashlib.sha256(str(number).encode()).hexdigest()
        text += (
            f'{{"resource":{{"resourceType":"MedicationDispense","id":"{name}",'
            f'"status":"completed","quantity":{{"value":{number % 90},"unit":"tablet"}},'
            f'"daysSupply":{{"value":{number % 28}}}}}}},\n'
        )
        number += 1
    return text[:BLOCK].encode()


TEMPLATE = template()


class Source:
    """The bytes of a message, made as they are read."""

    def __init__(self, size: int) -> None:
        self._content_length = size
        self._at = 0
        self._rest = b""

    def read(self, size: int | None = None) -> bytes:
        wanted = self._content_length if size is None or size < 0 else size
        pieces = [self._rest]
        held = len(self._rest)
        while held < wanted and self._at < self._content_length:
            block = str(self._at).zfill(16).encode() + TEMPLATE[16:]
            block = block[: self._content_length - self._at]
            self._at += len(block)
            held += len(block)
            pieces.append(block)
        held_bytes = b"".join(pieces)
        self._rest = held_bytes[wanted:]
        return held_bytes[:wanted]

    def close(self) -> None:
        self._rest = b""


def digest_of(read: Callable[[int], bytes]) -> str:
    found = hashlib.sha256()
    while piece := read(1024 * 1024):
        found.update(piece)
    return found.hexdigest()


def memory_of_this_process(name: str) -> int | None:
    """VmRSS now, VmHWM at its highest; the peak that getrusage tells may be that of whoever started this process."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            (line,) = (line for line in status if line.startswith(f"{name}:"))
    except OSError:
        return None
    return int(line.split()[1]) * 1024


def each(count: int, run: Callable[[int], Any]) -> tuple[list[float], list[Any]]:
    millis, results = [], []
    for number in range(count):
        begun = time.perf_counter()
        results.append(run(number))
        millis.append((time.perf_counter() - begun) * 1000)
    return millis, results


def messages(job: dict[str, Any], sender: MeshClient, recipient: MeshClient) -> dict[str, list[float]]:
    body = Source(job["bytes"]).read()
    wanted = hashlib.sha256(body).hexdigest()
    send, _ = each(job["count"], lambda _: sender.send_message(job["to"], body, workflow_id=WORKFLOW))
    listed, (ids,) = each(1, lambda _: list(recipient.iterate_message_ids()))
    assert len(ids) == job["count"]

    def download(number: int) -> None:
        assert hashlib.sha256(recipient.retrieve_message(ids[number]).read()).hexdigest() == wanted

    downloaded, _ = each(job["count"], download)
    acknowledged, _ = each(job["count"], lambda number: recipient.acknowledge_message(ids[number]))
    return {"send": send, "list": listed, "download": downloaded, "acknowledge": acknowledged}


def large(
    job: dict[str, Any], sender: MeshClient, recipient: MeshClient, peaks: list[dict[str, int | None]]
) -> dict[str, list[float]]:
    wanted = digest_of(Source(job["bytes"]).read)
    send, (message_id,) = each(
        1,
        lambda _: sender.send_message(
            job["to"],
            Source(job["bytes"]),
            max_chunk_size=job["partSize"],
            compress=job["compress"],
            workflow_id=WORKFLOW,
        ),
    )
    peaks.append({"rss": memory_of_this_process("VmHWM")})
    download, (found,) = each(1, lambda _: digest_of(recipient.retrieve_message(message_id).read))
    assert found == wanted
    recipient.acknowledge_message(message_id)
    return {"send": send, "download": download}


def main() -> None:
    url, text = sys.argv[1:]
    job = json.loads(text)
    peaks: list[dict[str, int | None]] = []
    with (
        MeshClient(url, job["from"], "password", shared_key=b"TestKey") as sender,
        MeshClient(url, job["to"], "password", shared_key=b"TestKey") as recipient,
    ):
        start = memory_of_this_process("VmRSS")
        steps = messages(job, sender, recipient) if "count" in job else large(job, sender, recipient, peaks)
    peaks.append({"rss": memory_of_this_process("VmHWM")})
    print(json.dumps({"steps": steps, "memory": {"start": {"rss": start}, "peaks": peaks, "end": {"rss": memory_of_this_process("VmRSS")}}}))


main()
