"""The small tools for arrays that NumPy has not, or not as light."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.arrays import distinct, first_places


@given(st.lists(st.integers(0, 9)))
def test_each_number_once_in_order(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))


def test_same_numbers_begin_where_the_first_stands() -> None:
    assert first_places(np.array([3, 3, 0, 7, 7, 7])).tolist() == [0, 2, 3]
    assert first_places(np.array([], np.int64)).tolist() == []


def test_a_question_does_not_import_masked_arrays() -> None:
    script = (
        "import sys; from knowledge import load; from knowledge.search.answering.answerer import Answerer; "
        "Answerer(load()).answer('berapa IPK minimal?'); print('numpy.ma' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
