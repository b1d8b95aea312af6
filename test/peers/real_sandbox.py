"""NHS England's mesh-sandbox on a free port of 127.0.0.1, for as long as standard input stays open.

Its settings come from the environment (AUTH_MODE, STORE_MODE, SHARED_KEY). The first line on standard output is
{"port": …}; from then on the port takes connections.
"""

import json
import os
import socket
import sys
import threading

import uvicorn


def stop_with_parent() -> None:
    """Standard input ends when whoever started this wants it to stop, and also when they were killed."""
    while sys.stdin.buffer.read(1024):
        pass
    os._exit(0)


def main() -> None:
    threading.Thread(target=stop_with_parent, daemon=True).start()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    config = uvicorn.Config("mesh_sandbox.api:app", log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


main()
