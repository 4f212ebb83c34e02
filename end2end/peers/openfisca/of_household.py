"""The rules that look at a household as a whole; each formula carries the day from which its benefit exists."""

from numpy import floor
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from answers import Cremation, Homes, Receives, Savings, Vehicles, is_in
from entities import Household


class income_per_head(Variable):
    value_type = float
    entity = Household
    definition_period = DateUnit.DAY
    label = "Income per head a month, divided last"

    def formula(household, period, parameters):
        income = household("wages", period) + household("pensions", period) + household("other_income", period)
        return income / household.nb_persons()


class edge_line(Variable):
    value_type = float
    entity = Household
    definition_period = DateUnit.DAY
    label = "A multiple of the dibao standard, to the nearest yuan, halves up"

    def formula(household, period, parameters):
        line = parameters(period).dibao_edge.multiple * parameters(period).dibao.standard
        return household.filled_array(floor(line / 100 + 0.5) * 100)


class hukou_of_somebody(Variable):
    value_type = bool
    entity = Household
    definition_period = DateUnit.DAY

    def formula(household, period, parameters):
        return household.any(household.members("hukou_here", period))


class others_at_home(Variable):
    value_type = bool
    entity = Household
    definition_period = DateUnit.DAY
    label = "Somebody of several is not supported already"

    def formula(household, period, parameters):
        return (household.nb_persons() >= 2) * household.any(~household.members("destitute", period))


class assets(Variable):
    value_type = bool
    entity = Household
    definition_period = DateUnit.DAY
    label = "Nothing beyond what a household needs"

    def formula(household, period, parameters):
        savings, vehicles = household("savings", period), household("vehicles", period)
        homes = is_in(household("homes", period), Homes.none, Homes.one)
        nothing = (savings == Savings.none) * homes * (vehicles == Vehicles.none)
        needed = is_in(savings, Savings.none, Savings.small) * homes * is_in(vehicles, Vehicles.none, Vehicles.light)
        return nothing + needed * ((savings == Savings.small) + (vehicles == Vehicles.light))


class dibao(Variable):
    value_type = bool
    entity = Household
    definition_period = DateUnit.DAY

    def formula_2014_05_01(household, period, parameters):
        receives = household("receives", period)
        free = (receives != Receives.dibao) * ((receives != Receives.tekun) + household("others_at_home", period))
        below = household("income_per_head", period) < parameters(period).dibao.standard
        return free * household("hukou_of_somebody", period) * below * household("assets", period)


class dibao_edge(Variable):
    value_type = bool
    entity = Household
    definition_period = DateUnit.DAY

    def formula_2021_07_01(household, period, parameters):
        receives = household("receives", period)
        apart = (receives == Receives.tekun) * household("others_at_home", period)
        free = is_in(receives, Receives.none, Receives.rigid) + apart
        income = household("income_per_head", period)
        above = income >= parameters(period).dibao.standard
        below = income < household("edge_line", period)
        return free * household("hukou_of_somebody", period) * above * below * household("assets", period)


class funeral_basics(Variable):
    value_type = bool
    entity = Household
    definition_period = DateUnit.DAY

    def formula_2012_06_15(household, period, parameters):
        cremated = is_in(household("cremation", period), Cremation.here, Cremation.elsewhere)
        covered = household("died_here", period) + household("deceased_hukou_here", period)
        return household("death", period) * cremated * covered


BENEFITS = [dibao, dibao_edge, funeral_basics]
VARIABLES = [income_per_head, edge_line, hukou_of_somebody, others_at_home, assets, *BENEFITS]
