"""Who the rules are about: a person, and the household of several."""

from openfisca_core.entities import build_entity

Person = build_entity(key="person", plural="persons", label="Somebody of the household", is_person=True)
Household = build_entity(
    key="household",
    plural="households",
    label="All who live on one purse",
    roles=[{"key": "member", "plural": "members", "label": "Somebody of it"}],
)
