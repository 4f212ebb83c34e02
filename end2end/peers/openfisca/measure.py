"""What measure.mjs is for the peers in JavaScript: verdicts must be ours, and only then is there a time."""

import importlib.metadata as packages
import json
import platform
import re
import resource
import sys
import time

ROUNDS = 7
ROUND_SECONDS = 1.0

HOUSEHOLDS_FILE, RESULT_FILE = sys.argv[1:3]
with open(HOUSEHOLDS_FILE, encoding="utf-8") as file:
    asked = json.load(file)
AS_OF = asked["as_of"]
FACTS = [household["facts"] for household in asked["households"]]


def measure(engine, uses, explains, lacks, ways):
    """`ways` are the ways to ask: how, and what gives the verdicts of many households."""
    for _, check in ways:
        compare(engine, check(FACTS))
    rows = [{"how": how, "rounds": []} for how, _ in ways]
    # The ways take turns, so that what the machine does meanwhile falls on all of them; two turns warm up.
    for turn in range(-2, ROUNDS):
        for row, (_, check) in zip(rows, ways):
            found = one_round(check)
            if turn >= 0:
                row["rounds"].append(found)
    result = {
        "engine": engine,
        "version": f"{packages.version(uses)}, Python {platform.python_version()}",
        "explains": explains,
        "lacks": lacks,
        "installed": size(uses, set()),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "rows": rows,
    }
    with open(RESULT_FILE, "w", encoding="utf-8") as file:
        json.dump(result, file)


def compare(engine, found):
    differences = []
    for place, (household, theirs) in enumerate(zip(asked["households"], found, strict=True)):
        for rule, ours in household["verdicts"].items():
            by_person = isinstance(ours, list)
            pairs = zip(ours, theirs[rule], strict=True) if by_person else [(ours, theirs[rule])]
            for person, (verdict, said) in enumerate(pairs):
                word = "likely" if said else "no"
                # What we leave to the bureau, rules of true and false can only deny.
                if word != ("no" if verdict == "bureau" else verdict):
                    who = f", person {person}" if by_person else ""
                    differences.append(f"household {place}, {rule}{who}: {engine} says {word}, Huimin says {verdict}")
    if differences:
        sys.exit("\n".join([*differences[:10], f"{len(differences)} verdicts of {engine} differ"]))


def one_round(check):
    """Microseconds a household, by the clock and of the processor."""
    begin, before, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - begin < ROUND_SECONDS:
        check(FACTS)
        count += len(FACTS)
    wall, processor = time.perf_counter() - begin, time.process_time() - before
    return {"wall": wall * 1e6 / count, "processor": processor * 1e6 / count}


def size(name, counted):
    """Bytes of a package with all that it depends on, as installed here."""
    name = re.sub(r"[-_.]+", "-", name).lower()
    try:
        about = packages.distribution(name)
    except packages.PackageNotFoundError:
        return 0  # Asked for on other systems only, or as an extra.
    if name in counted:
        return 0
    counted.add(name)
    files = (about.locate_file(file) for file in about.files or [])
    needed = (re.match(r"[\w.-]+", line).group() for line in about.requires or [] if "extra ==" not in line)
    return sum(file.stat().st_size for file in files if file.is_file()) + sum(size(other, counted) for other in needed)
