"""Two or more processes that train one model: gradients are averaged, rank 0 keeps the clock.

One process a core is faster than threads that meet in every operation, most of all on a busy machine.
"""

import argparse
from collections.abc import Iterable
from datetime import timedelta

import torch
import torch.distributed as dist


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--rank, --world and --port; the defaults are one process."""
    parser.add_argument("--rank", type=int, default=0)
    parser.add_argument("--world", type=int, default=1)
    parser.add_argument("--port", type=int, default=29511)


def start(args: argparse.Namespace) -> None:
    """Join the other ranks; one process uses two threads instead."""
    torch.set_num_threads(2 if args.world == 1 else 1)
    if args.world > 1:
        where = f"tcp://127.0.0.1:{args.port}"
        dist.init_process_group("gloo", where, timedelta(minutes=10), args.world, args.rank)


def average(params: list[torch.nn.Parameter], clock: float, args: argparse.Namespace) -> float:
    """Average the gradients of all ranks in place; returns rank 0's clock."""
    if args.world == 1:
        return clock
    for p in params:
        if p.grad is None:
            p.grad = torch.zeros_like(p)
    own = torch.tensor([clock if args.rank == 0 else 0.0])
    flat = torch.cat([p.grad.flatten() for p in params if p.grad is not None] + [own])
    dist.all_reduce(flat)
    at = 0
    for p in params:
        p.grad = flat[at : at + p.numel()].view_as(p) / args.world
        at += p.numel()
    return flat[-1].item()


def same(tensors: Iterable[torch.Tensor], args: argparse.Namespace) -> None:
    """Copy rank 0's tensors to every rank."""
    if args.world > 1:
        for t in tensors:
            dist.broadcast(t, 0)
