"""What the tests do with a Ray cluster, as a program of its own: Ray warns as it starts and ends.

Adds texts, lets a worker die, evaluates cases. Prints one JSON object: the sums of the library it
made, and what the map gave whose worker died.
"""

import json
import sys
from functools import partial
from pathlib import Path

from assistant.evaluation.run import evaluate
from index.library.compute.cluster import RayCluster
from tests.support.doubling import Doubling
from tests.support.library_sums import added


def main() -> None:
    home, texts, grave, cases, run = map(Path, sys.argv[1:])
    cluster = RayCluster()
    sums = added(home, sorted(texts.glob("*.txt")), cluster)
    doubled = list(cluster.map(partial(Doubling, grave), range(40)))
    evaluate(cases, out=run, cluster=cluster)
    print(json.dumps({"sums": sums, "doubled": doubled}))


if __name__ == "__main__":
    main()
