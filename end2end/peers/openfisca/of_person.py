"""The rules that look at each person; each formula carries the day from which its benefit exists."""

from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from answers import Disability, DisabilityKind, Obligor, Parents, Receives, SelfCare, SpecialElder, is_in
from entities import Person


class age(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.DAY
    label = "Full years on the day"

    def formula(person, period, parameters):
        birth, day = person("birth", period), period.start
        years, months = birth.astype("datetime64[Y]"), birth.astype("datetime64[M]")
        month = (months - years).astype(int) + 1
        date = (birth - months).astype(int) + 1
        had_birthday = (month < day.month) + (month == day.month) * (date <= day.day)
        return day.year - (years.astype(int) + 1970) - 1 + had_birthday


class supported(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.DAY
    label = "Is supported already, being named or alone in the household"

    def formula(person, period, parameters):
        somebody = person.household("receives", period) == Receives.tekun
        return somebody * ((person.household.nb_persons() < 2) + person("destitute", period))


class dibao_single(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.DAY

    def formula_2021_07_01(person, period, parameters):
        grade, kind = person("disability", period), person("disability_kind", period)
        severe = is_in(grade, Disability.grade1, Disability.grade2)
        third = (grade == Disability.grade3) * is_in(kind, DisabilityKind.mind, DisabilityKind.mental)
        ill = person("serious_illness", period)
        edge = (person.household("receives", period) == Receives.edge) + person.household("dibao_edge", period)
        return person("hukou_here", period) * (severe + third + ill) * edge * ~person("supported", period)


class cannot_work(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.DAY
    label = "Counts as not able to work"

    def formula(person, period, parameters):
        years, grade, kind = person("age", period), person("disability", period), person("disability_kind", period)
        mind = is_in(kind, DisabilityKind.mind, DisabilityKind.mental)
        upper = is_in(grade, Disability.grade1, Disability.grade2)
        disabled = (
            (upper + (grade == Disability.grade3)) * mind
            + upper * (kind == DisabilityKind.limb)
            + (grade == Disability.grade1) * (kind == DisabilityKind.sight)
        )
        return (years >= 60) + (years < 16) + disabled


class tekun(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.DAY

    def formula_2021_07_01(person, period, parameters):
        poor = person("own_income", period) < parameters(period).dibao.standard
        alone = is_in(person("obligor", period), Obligor.none, Obligor.unable)
        new = ~person("supported", period)
        return new * person("hukou_here", period) * person("cannot_work", period) * poor * alone


class orphan(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.DAY

    def formula_2010_12_31(person, period, parameters):
        parents = person("parents", period) == Parents.both_gone
        return (person("age", period) < 18) * person("hukou_here", period) * parents


class de_facto_unattended(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.DAY

    def formula_2019_12_31(person, period, parameters):
        parents = is_in(person("parents", period), Parents.one_gone, Parents.both_unable)
        return (person("age", period) < 18) * person("hukou_here", period) * parents


class old_age_allowance(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.DAY

    def formula_2013_07_01(person, period, parameters):
        return person("hukou_here", period) * (person("age", period) >= parameters(period).old_age_allowance.from_age)


class elder_meals(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.DAY

    def formula_2025_01_20(person, period, parameters):
        years = person("age", period)
        poor = is_in(person.household("receives", period), Receives.dibao, Receives.edge) + person("supported", period)
        special = is_in(person("special_elder", period), SpecialElder.honoured, SpecialElder.bereaved)
        return person("hukou_here", period) * ((years >= 70) + (years >= 60) * (poor + special))


class home_adaptation(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.DAY

    def formula_2023_12_31(person, period, parameters):
        years = person("age", period)
        poor = (person.household("receives", period) == Receives.dibao) + person("supported", period)
        helped = is_in(person("self_care", period), SelfCare.partly, SelfCare.unable)
        at_home = (years >= 60) * ~person("in_care_home", period) * person("hukou_here", period)
        return at_home * ((years >= 70) + poor + helped)


BENEFITS = [
    dibao_single, tekun, orphan, de_facto_unattended, old_age_allowance, elder_meals, home_adaptation,
]
VARIABLES = [age, supported, cannot_work, *BENEFITS]
