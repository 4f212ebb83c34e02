"""OpenFisca: run.py HOUSEHOLDS RESULT. Households are asked one at a time, as families come, and all at once, which is
what its arrays are made for."""

from datetime import date
from pathlib import Path

from numpy import array
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

import answers
import of_household
import of_person
from entities import Household, Person
from measure import AS_OF, measure

OF_HOUSEHOLD = [benefit.__name__ for benefit in of_household.BENEFITS]
OF_PERSON = [benefit.__name__ for benefit in of_person.BENEFITS]

DAY = period(AS_OF)
ETERNITY = period(DateUnit.ETERNITY)

system = TaxBenefitSystem([Person, Household])
system.add_variables(*answers.VARIABLES, *of_household.VARIABLES, *of_person.VARIABLES)
system.load_parameters(str(Path(__file__).parent / "parameters"))


def check(many, trace=False):
    """The verdicts of several households, reckoned in one simulation; it is filled column by column, which takes it
    far less than the nested facts of its web API."""
    persons = [person for facts in many for person in facts["people"]]
    households = [facts["household"] for facts in many]
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", range(len(persons)))
    population = builder.declare_entity("household", range(len(households)))
    builder.join_with_persons(
        population, [place for place, facts in enumerate(many) for _ in facts["people"]], ["member"] * len(persons)
    )
    simulation = builder.build(system)
    simulation.trace = trace
    for columns, rows in [(answers.OF_PERSON, persons), (answers.OF_HOUSEHOLD, households)]:
        for name, kind in columns.items():
            fill(simulation, name, kind, [row[name] for row in rows])
    found = {benefit: simulation.calculate(benefit, DAY).tolist() for benefit in OF_HOUSEHOLD + OF_PERSON}
    if trace:
        simulation.tracer.get_serialized_flat_trace()
    return divided(found, many)


def fill(simulation, name, kind, values):
    if kind is date:
        simulation.set_input(name, ETERNITY, array(values, dtype="datetime64[D]"))
    elif issubclass(kind, Enum):
        simulation.set_input(name, DAY, kind.encode(array(values)))
    else:
        simulation.set_input(name, DAY, array(values))


def divided(found, many):
    """Arrays over all persons or households, as verdicts household by household."""
    verdicts, first = [], 0
    for place, facts in enumerate(many):
        people = slice(first, first + len(facts["people"]))
        first = people.stop
        of_one = {name: found[name][place] for name in OF_HOUSEHOLD}
        verdicts.append(of_one | {name: found[name][people] for name in OF_PERSON})
    return verdicts


measure(
    engine="OpenFisca",
    uses="openfisca-core",
    explains="every variable with its value, what it was reckoned from and which parameters were read, as a flat list "
    "(its web API's /trace); no sentence, no condition that failed",
    lacks=[
        "an answer that is not known: what is left out counts as a default",
        "the conditions of a benefit: it is one formula, true or false for everybody in the arrays",
    ],
    ways=[
        ("verdicts, one household at a time", lambda many: [check([facts])[0] for facts in many]),
        ("with the trace, one household at a time", lambda many: [check([facts], True)[0] for facts in many]),
        ("verdicts, all households in one simulation", check),
        ("with the trace, all households in one simulation", lambda many: check(many, True)),
    ],
)
