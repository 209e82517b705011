"""A search in Python over the settings of an experiment that unwind simulates. Standard library only.

    python3 tune.py tune.yaml [evaluations]

The experiment has a block `tune`: which settings may be changed, and which metrics are wanted small or large. `unwind tune --ask-tell`
answers a line of JSON for each that it is given. This search steps from the best point so far, by less and less (a (1+1) evolution
strategy); any other optimiser takes its place.
"""

import json
import math
import random
import subprocess
import sys

COMMAND = ["npx", "unwind"]


class Unwind:
    """A conversation: one line of JSON there, one back."""

    def __init__(self, file, *options):
        self.process = subprocess.Popen(
            [*COMMAND, "tune", file, "--ask-tell", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.greeting = self._read()

    def say(self, message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        answer = self._read()
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def close(self):
        self.process.stdin.close()
        return self.process.wait()

    def _read(self):
        line = self.process.stdout.readline()
        if line == "":
            raise RuntimeError(f"unwind ended with code {self.process.wait()}")
        return json.loads(line)


def near(point, space, width, chance):
    """A point near another one: each setting moved by a share of its range, on the scale that it has."""
    found = {}
    for parameter in space:
        low, high = parameter["low"], parameter["high"]
        to, back = (math.log, math.exp) if parameter["scale"] == "log" else (float, float)
        moved = to(point[parameter["path"]]) + width * (to(high) - to(low)) * chance.gauss(0, 1)
        value = min(high, max(low, back(min(to(high), max(to(low), moved)))))
        found[parameter["path"]] = round(value) if parameter["whole"] else value
    return found


def search(unwind, evaluations, seed=1):
    """Yields each point with its loss: the sum of logarithms of what is to be small, less that of what is to be large."""
    chance = random.Random(seed)
    greeting = unwind.greeting
    space = greeting["parameters"]

    def loss(point):
        [result] = unwind.say({"evaluate": [point]})["results"]
        if "error" in result:  # all its runs were lost
            return math.inf
        value = {name: estimate["value"] for name, estimate in result["objectives"].items()}
        return sum(math.log1p(value[name]) for name in greeting["minimise"]) - sum(
            math.log1p(value[name]) for name in greeting["maximise"]
        )

    best = {p["path"]: (p["low"] * p["high"]) ** 0.5 if p["scale"] == "log" else (p["low"] + p["high"]) / 2 for p in space}
    best = near(best, space, 0, chance)
    least, width = loss(best), 0.3
    yield best, least
    for _ in range(evaluations - 1):
        point = near(best, space, width, chance)
        found = loss(point)
        yield point, found
        if found < least:
            best, least, width = point, found, width * 1.5
        else:
            width *= 0.85


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    unwind = Unwind(sys.argv[1])
    evaluations = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    for point, loss in search(unwind, evaluations):
        settings = ", ".join(f"{path} = {value:.4g}" for path, value in point.items())
        print(f"{loss:10.4f}  {settings}", flush=True)
    print("The best points known, none of which is better than another in everything:")
    for one in unwind.say({"frontier": True})["frontier"]:
        print("  " + json.dumps(one))
    sys.exit(unwind.close())


if __name__ == "__main__":
    main()
