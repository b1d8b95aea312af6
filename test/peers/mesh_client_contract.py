"""NHS England's mesh-client against a sandbox: one line of JSON for each step, judged by mesh-client.test.ts.

The environment says where: MESH_URL and MESH_SHARED_KEY; over TLS also MESH_CA, MESH_CERTIFICATE and MESH_KEY (files);
and how large parts may be: MESH_PART_SIZE. The mailboxes are those of NHS England's sandbox, password `password`.
"""

import hashlib
import json
import os
import random
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests
from mesh_client import MeshClient, MeshError

Facts = dict[str, Any]

SENDER, RECIPIENT, THIRD = "X26ABC1", "X26ABC2", "X26ABC3"
WORKFLOW = "TEST_WORKFLOW"
PART = int(os.environ["MESH_PART_SIZE"])
# Two parts and a half, of bytes in which compression finds nothing.
CONTENT = random.Random(1).randbytes(PART * 5 // 2)


def client(mailbox: str, password: str = "password") -> MeshClient:
    certificate = os.environ.get("MESH_CERTIFICATE")
    return MeshClient(
        os.environ["MESH_URL"],
        mailbox,
        password,
        shared_key=os.environ["MESH_SHARED_KEY"].encode(),
        verify=os.environ.get("MESH_CA"),
        cert=(certificate, os.environ["MESH_KEY"]) if certificate else None,
        max_retries=0,
        timeout=30,
    )


@contextmanager
def mailboxes() -> Iterator[tuple[MeshClient, MeshClient]]:
    """Sender and recipient; whatever was sent is out of the inbox afterwards."""
    with client(SENDER) as sender, client(RECIPIENT) as recipient:
        yield sender, recipient
        for waiting in list(recipient.iterate_message_ids()):
            recipient.acknowledge_message(waiting)


def read(recipient: MeshClient, message_id: str) -> Facts:
    """What a recipient sees of a message: its headers, its parts as they came, and whether the content is as it was."""
    message = recipient.retrieve_message(message_id)
    content = message.read()
    count = int((message.mex_header("chunk-range") or "1:1").split(":")[1])
    parts = [recipient.retrieve_message_chunk(message_id, part) for part in range(1, count + 1)]
    return {
        "from": message.sender,
        "to": message.recipient,
        "type": message.message_type,
        "same": content == CONTENT,
        "statuses": [part.status_code for part in parts],
        "encodings": [part.headers.get("Content-Encoding") for part in parts],
    }


def ping() -> Facts:
    with client(SENDER) as sender:
        return {"status": sender.ping()["status"]}


def handshake() -> Facts:
    with mailboxes() as (sender, recipient):
        return {"said": [owner.handshake().decode() for owner in (sender, recipient)]}


def handshake_with_a_wrong_password() -> Facts:
    with client(SENDER, "wrong") as stranger:
        try:
            stranger.handshake()
        except requests.HTTPError as error:
            return {"status": error.response.status_code}
    return {"status": 200}


def send_whole() -> Facts:
    with mailboxes() as (sender, recipient):
        return read(recipient, sender.send_message(RECIPIENT, CONTENT, workflow_id=WORKFLOW))


def send_whole_gzipped() -> Facts:
    with mailboxes() as (sender, recipient):
        return read(recipient, sender.send_message(RECIPIENT, CONTENT, compress=True, workflow_id=WORKFLOW))


def send_in_parts() -> Facts:
    with mailboxes() as (sender, recipient):
        return read(recipient, sender.send_message(RECIPIENT, CONTENT, max_chunk_size=PART, workflow_id=WORKFLOW))


def send_in_parts_gzipped() -> Facts:
    with mailboxes() as (sender, recipient):
        sent = sender.send_message(RECIPIENT, CONTENT, max_chunk_size=PART, compress=True, workflow_id=WORKFLOW)
        return read(recipient, sent)


def send_to_another_client() -> Facts:
    """What the suite's own client then downloads."""
    with client(SENDER) as sender:
        sent = sender.send_message(
            THIRD, CONTENT, max_chunk_size=PART, compress=True, workflow_id="TEST_WORKFLOW2", content_type="text/csv"
        )
        return {"sent": sent, "digest": hashlib.sha256(CONTENT).hexdigest()}


def receive_from_another_client() -> Facts:
    """What the suite's own client has sent before, the digest of the content as local id."""
    with client(THIRD) as third:
        messages = [third.retrieve_message(waiting) for waiting in third.list_messages()]
        return {
            "same": [hashlib.sha256(message.read()).hexdigest() == message.local_id for message in messages],
            "ranges": [message.mex_header("chunk-range") for message in messages],
            "subjects": [message.subject for message in messages],
            "types": [message.content_type for message in messages],
        }


def send_with_every_header() -> Facts:
    headers: dict[str, Any] = {
        "workflow_id": WORKFLOW,
        "filename": "note one.json",
        "local_id": "local 1",
        "subject": "A subject",
        "partner_id": "partner",
        "checksum": "md5:00ff",
        "content_type": "application/fhir+json",
    }
    with mailboxes() as (sender, recipient):
        sent = sender.send_message(RECIPIENT, b"x", **headers, encrypted=True, compressed=True)
        message = recipient.retrieve_message(sent)
        named = {name: getattr(message, name) for name in (*headers, "encrypted", "compressed")}
        message.close()
        return named


def send_to_nobody() -> Facts:
    with mailboxes() as (sender, _):
        try:
            sender.send_message("X26NONE", b"x", workflow_id=WORKFLOW)
        except MeshError as error:
            return {"error": error.args[0], "detail": error.args[1]["detail"]}
    return {"error": None}


def list_and_count() -> Facts:
    with mailboxes() as (sender, recipient):
        sent = [sender.send_message(RECIPIENT, b"x", workflow_id=WORKFLOW) for _ in range(3)]
        return {"in_order": recipient.list_messages() == sent, "count": recipient.count_messages()}


def list_with_filters() -> Facts:
    workflows = ["WF_LAB", "WF_LAB_ACK", "OTHER"]
    filters = ["WF_LAB", "!WF_LAB", "WF*", "!WF*", "*ACK*", "!*ACK*"]
    with mailboxes() as (sender, recipient):
        sent = {sender.send_message(RECIPIENT, b"x", workflow_id=workflow): workflow for workflow in workflows}
        return {text: [sent[found] for found in recipient.list_messages(workflow_filter=text)] for text in filters}


def page() -> Facts:
    with mailboxes() as (sender, recipient):
        sent = [sender.send_message(RECIPIENT, b"x", workflow_id=WORKFLOW) for _ in range(25)]
        return {
            "first": recipient.list_messages(max_results=10) == sent[:10],
            "all": list(recipient.iterate_message_ids(batch_size=10)) == sent,
            "filtered": list(recipient.iterate_message_ids(workflow_filter="TEST*", batch_size=10)) == sent,
        }


def read_and_acknowledge() -> Facts:
    with mailboxes() as (sender, recipient):
        first, second = (sender.send_message(RECIPIENT, text, workflow_id=WORKFLOW) for text in (b"one", b"two"))
        # Leaving the block is what acknowledges.
        with recipient.retrieve_message(first) as message:
            content = message.read().decode()
        recipient.acknowledge_message(first)
        return {"content": content, "left": recipient.list_messages() == [second]}


def track() -> Facts:
    with mailboxes() as (sender, recipient):
        sent = sender.send_message(RECIPIENT, b"x", workflow_id=WORKFLOW, local_id="local 1", filename="note.txt")
        accepted = sender.track_message(sent)
        recipient.acknowledge_message(sent)
        names = ["local_id", "workflow_id", "filename", "recipient", "recipient_ods_code", "status_success"]
        return {
            **{name: accepted.get(name) for name in names},
            "statuses": [accepted["status"], sender.track_message(sent)["status"]],
        }


def look_up() -> Facts:
    with client(SENDER) as sender:
        pairs = [("X26", WORKFLOW), ("X27", "TEST_WORKFLOW_ACK"), ("X99", WORKFLOW)]
        return {"/".join(pair): sender.lookup_endpoint(*pair)["results"] for pair in pairs}


STEPS: list[Callable[[], Facts]] = [
    receive_from_another_client,
    send_to_another_client,
    ping,
    handshake,
    handshake_with_a_wrong_password,
    send_whole,
    send_whole_gzipped,
    send_in_parts,
    send_in_parts_gzipped,
    send_with_every_header,
    send_to_nobody,
    list_and_count,
    list_with_filters,
    page,
    read_and_acknowledge,
    track,
    look_up,
]


def main() -> None:
    warnings.simplefilter("ignore", DeprecationWarning)
    for step in STEPS:
        try:
            facts = step()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is a finding about the sandbox
            facts = {"failed": f"{type(error).__name__}: {error}"}
        print(json.dumps({"step": step.__name__, **facts}), flush=True)


main()
