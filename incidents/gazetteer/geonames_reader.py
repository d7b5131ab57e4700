"""Reads the blocks of a dump, for a long one in a second process: then reading and writing have a core each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from incidents.gazetteer.dump_file import blocks
from incidents.gazetteer.geonames import Block, read_block

# Bytes, packed or not. Starting the second process takes a second, as reading these does.
_LONG = 8_000_000


def read_dump(dump: Path, *, apart: bool | None = None) -> Iterator[tuple[Block, float]]:
    """The blocks of a dump, each with the share of the file that is read; `apart` in a second process (None: if it pays).

    Raises GazetteerDataError, see `blocks`.
    """
    if apart is None:
        apart = (os.cpu_count() or 1) > 1 and dump.is_file() and dump.stat().st_size >= _LONG
    return _apart(blocks(dump)) if apart else ((read_block(content), share) for content, share in blocks(dump))


def _apart(contents: Iterable[tuple[bytes, float]]) -> Iterator[tuple[Block, float]]:
    """One block is read while the one before is used; an answer is taken before the next is sent, so no pipe fills."""
    with _reader() as reader:
        share = None
        for content, next_share in contents:
            block = _answer(reader) if share is not None else None
            reader.send_bytes(content)
            if block is not None and share is not None:
                yield block, share
            share = next_share
        if share is not None:
            yield _answer(reader), share


def _answer(reader: Connection) -> Block:
    try:
        block: Block = reader.recv()
    except EOFError as error:
        raise RuntimeError("The process that reads the dump has ended; its error stands above.") from error
    return block


@contextmanager
def _reader() -> Iterator[Connection]:
    # Spawned, not forked: a progress bar has threads. It ends when our end of the pipe closes, also if we are killed.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join()


def _serve(caller: Connection) -> None:
    try:
        while True:
            caller.send(read_block(caller.recv_bytes()))
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return
