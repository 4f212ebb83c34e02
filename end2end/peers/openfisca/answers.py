"""What is asked, with the options of shared/packs/facts.toml; sums are in fen, so that they are exact."""

from datetime import date

from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from entities import Household, Person


class Receives(Enum):
    none = "None of these"
    dibao = "Dibao"
    edge = "Dibao edge"
    tekun = "Destitute"
    rigid = "Heavy costs"


class Savings(Enum):
    none = "None"
    small = "A little"
    more = "More"


class Homes(Enum):
    none = "None"
    one = "One"
    more = "Two or more"


class Vehicles(Enum):
    none = "None"
    light = "A motorcycle or the like"
    car = "A car"


class Disability(Enum):
    none = "No certificate"
    grade1 = "Grade 1"
    grade2 = "Grade 2"
    grade3 = "Grade 3"
    grade4 = "Grade 4"


class DisabilityKind(Enum):
    sight = "Sight"
    hearing = "Hearing"
    speech = "Speech"
    limb = "Limbs"
    mind = "Intellectual"
    mental = "Mental"


class SelfCare(Enum):
    able = "All six"
    partly = "One to three cannot be done"
    unable = "Four or more cannot be done"


class Obligor(Enum):
    none = "No such family"
    unable = "Not able to"
    able = "Able to"


class Parents(Enum):
    able = "One of them can care"
    both_gone = "Both gone"
    one_gone = "One gone, the other cannot care"
    both_unable = "Neither can care"


class SpecialElder(Enum):
    none = "Neither"
    honoured = "Honoured"
    bereaved = "Bereaved of an only child"


class Cremation(Enum):
    here = "Here"
    elsewhere = "Elsewhere"
    none = "None"


def asked(name, entity, kind):
    """A variable that is always given; what is left out would count as its default, as there is no unknown here."""
    about = {"entity": entity, "definition_period": DateUnit.DAY, "value_type": kind}
    if issubclass(kind, Enum):
        about |= {"value_type": Enum, "possible_values": kind, "default_value": next(iter(kind))}
    if kind is date:
        about["definition_period"] = DateUnit.ETERNITY
    return type(name, (Variable,), about)


OF_PERSON = {
    "birth": date, "hukou_here": bool, "in_care_home": bool, "destitute": bool, "own_income": int,
    "disability": Disability, "disability_kind": DisabilityKind, "self_care": SelfCare, "serious_illness": bool,
    "obligor": Obligor, "parents": Parents, "special_elder": SpecialElder,
}
OF_HOUSEHOLD = {
    "receives": Receives, "wages": int, "pensions": int, "other_income": int, "savings": Savings, "homes": Homes,
    "vehicles": Vehicles, "death": bool, "deceased_hukou_here": bool, "died_here": bool, "cremation": Cremation,
}
VARIABLES = [asked(name, Person, kind) for name, kind in OF_PERSON.items()]
VARIABLES += [asked(name, Household, kind) for name, kind in OF_HOUSEHOLD.items()]


def is_in(answers, *options):
    """Whether an answer is one of the options."""
    return sum(answers == option for option in options) > 0
