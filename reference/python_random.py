"""Writes fixtures/python-random.json: the first numbers of CPython's generator. Run with Python 3.11 or later."""
import json
import pathlib
import random

fixture = pathlib.Path(__file__).parent / "fixtures" / "python-random.json"
seeded = random.Random


def draw(seed, count, name, *arguments):
    generator = seeded(seed)
    return [getattr(generator, name)(*arguments) for _ in range(count)]


shuffled = list(range(20))
seeded(42).shuffle(shuffled)
values = {
    "random5": draw(42, 5, "random"),
    "getrandbits32x8": draw(42, 8, "getrandbits", 32),
    "shuffle_range20": shuffled,
    "uniform_m1_1_seed1337_x8": draw(1337, 8, "uniform", -1, 1),
    "gauss_0_1_seed42_x8": draw(42, 8, "gauss", 0, 1),
    "random_seed_2_40_plus_5_x3": draw(2**40 + 5, 3, "random"),
    "random_seed_minus_7_x3": draw(-7, 3, "random"),
}
fixture.write_text(json.dumps(values, indent=1) + "\n")
