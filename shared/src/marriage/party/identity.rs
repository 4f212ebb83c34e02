//! Who a party is: kind, name, document, birth date and sex, none contradicting another.

use std::fmt;

use chrono::NaiveDate;

use super::{PartyInput, PartyKind};
use crate::civil_date::parse_date;
use crate::field::{FieldErrors, Reason, choice};
use crate::identity::number18::EARLIEST_BIRTH_YEAR;
use crate::identity::{BIRTH_DATE, IdDocument, IdType, NotThisDocument, PersonName, PersonReason, Sex};
use crate::marriage::MarriageReason;

/// Made only from a [`PartyInput`]; frozen once booked. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    kind: PartyKind,
    name: PersonName,
    document: IdDocument,
    birth_date: NaiveDate,
    sex: Sex,
}

impl Identity {
    pub(super) fn parse(input: &PartyInput) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let kind = errors.keep("kind", choice(PartyKind::ASKED, &input.kind, PartyKind::from_wire));
        let name = errors.keep("name", PersonName::parse(&input.name));
        let id_type = errors.keep("id_type", id_type(kind, &input.id_type));
        let document = match id_type {
            Some(id_type) => errors.keep("id_number", read_document(id_type, &input.id_number)),
            None if input.id_number.trim().is_empty() => {
                errors.keep("id_number", Err(Reason::Missing(IdDocument::ASKED)))
            }
            None => None,
        };
        let carried = Carried::new(id_type, document.as_ref());
        let birth_date = errors.keep("birth_date", birth_date(&input.birth_date, &carried)).flatten();
        let sex = errors.keep("sex", sex(&input.sex, &carried)).flatten();
        match (kind, name, document, birth_date, sex) {
            (Some(kind), Some(name), Some(document), Some(birth_date), Some(sex)) if errors.is_empty() => {
                Ok(Self { kind, name, document, birth_date, sex })
            }
            _ => Err(errors),
        }
    }

    pub fn kind(&self) -> PartyKind {
        self.kind
    }

    pub fn name(&self) -> &PersonName {
        &self.name
    }

    pub fn document(&self) -> &IdDocument {
        &self.document
    }

    pub fn birth_date(&self) -> NaiveDate {
        self.birth_date
    }

    pub fn sex(&self) -> Sex {
        self.sex
    }

    /// What the blind index is computed over: equal for two bookings of one person.
    ///
    /// A passport number is unique only within its country, hence the birth date with it.
    pub fn index_text(&self) -> String {
        let (kind, number) = (self.document.id_type().wire(), self.document.as_str());
        match self.document.id_type() {
            IdType::Passport => format!("{kind}:{number}:{}", self.birth_date),
            _ => format!("{kind}:{number}"),
        }
    }

    /// The field where the resident can put a wrong birth date right.
    pub fn birth_date_field(&self) -> &'static str {
        if self.document.birth_date().is_some() { "id_number" } else { "birth_date" }
    }

    /// Refuses a birth date after `today` (a Shanghai date).
    pub fn born_by(&self, today: NaiveDate) -> Result<(), FieldErrors> {
        if self.birth_date > today {
            let field = self.birth_date_field();
            Err(FieldErrors::one(field, PersonReason::BirthDateInFuture))
        } else {
            Ok(())
        }
    }

    /// Refuses the document of the other party, at `id_number` of this one.
    pub fn other_than(&self, first: &Self) -> Result<(), FieldErrors> {
        if self.document == first.document {
            Err(FieldErrors::one("id_number", MarriageReason::SamePersonTwice))
        } else {
            Ok(())
        }
    }

    /// In canonical form, for storing encrypted; [`PartyInput::identity`] reads it back.
    pub fn to_input(&self) -> PartyInput {
        PartyInput {
            kind: self.kind.wire().to_owned(),
            name: self.name.as_str().to_owned(),
            id_type: self.document.id_type().wire().to_owned(),
            id_number: self.document.as_str().to_owned(),
            birth_date: self.birth_date.to_string(),
            sex: self.sex.wire().to_owned(),
            ..PartyInput::default()
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({}, hidden)", self.kind.wire())
    }
}

/// Keeps slips such as 2989 out; [`Identity::born_by`] knows the day and is stricter.
const LATEST_BIRTH_YEAR: i32 = 2100;

/// Whether the document says when its holder was born and their sex, so that nobody need type it.
enum Carried {
    Yes(NaiveDate, Sex),
    No,
    /// The number could not be read, and only that is worth a message.
    Unknown,
}

impl Carried {
    fn new(id_type: Option<IdType>, document: Option<&IdDocument>) -> Self {
        let told = document.and_then(|document| document.birth_date().zip(document.sex()));
        match (told, id_type) {
            (Some((birth_date, sex)), _) => Self::Yes(birth_date, sex),
            (None, Some(IdType::HkMacaoPermit | IdType::TaiwanPermit | IdType::Passport)) => Self::No,
            (None, _) if document.is_some() => Self::No,
            (None, _) => Self::Unknown,
        }
    }
}

/// Reads a document's number; that of another document says how the form is to be answered for it.
pub fn read_document(id_type: IdType, text: &str) -> Result<IdDocument, Reason> {
    IdDocument::parse(id_type, text).map_err(|wrong| match wrong {
        NotThisDocument::Other(choose) => MarriageReason::OtherDocument { choose }.into(),
        NotThisDocument::Unreadable(reason) => reason,
    })
}

fn id_type(kind: Option<PartyKind>, text: &str) -> Result<IdType, Reason> {
    let allowed = kind.map(PartyKind::id_types);
    if let (Some([only]), "") = (allowed, text.trim()) {
        return Ok(*only);
    }
    let chosen = choice(IdType::ASKED, text, IdType::from_wire)?;
    match (kind, allowed) {
        (Some(kind), Some(allowed)) if !allowed.contains(&chosen) => Err(MarriageReason::IdTypeNotForKind(kind).into()),
        _ => Ok(chosen),
    }
}

fn birth_date(text: &str, carried: &Carried) -> Result<Option<NaiveDate>, Reason> {
    let read = parse_date(BIRTH_DATE, text, EARLIEST_BIRTH_YEAR, LATEST_BIRTH_YEAR);
    let typed = match read {
        Err(Reason::Missing(_)) => None,
        read => Some(read?),
    };
    match (typed, carried) {
        (Some(typed), Carried::Yes(told, _)) if typed != *told => Err(PersonReason::BirthDateContradictsId.into()),
        (_, Carried::Yes(told, _)) => Ok(Some(*told)),
        (None, Carried::No) => Err(Reason::Missing(BIRTH_DATE)),
        (typed, _) => Ok(typed),
    }
}

fn sex(text: &str, carried: &Carried) -> Result<Option<Sex>, Reason> {
    let typed = match choice(Sex::ASKED, text, Sex::from_wire) {
        Err(Reason::Missing(_)) => None,
        read => Some(read?),
    };
    match (typed, carried) {
        (Some(typed), Carried::Yes(_, told)) if typed != *told => Err(PersonReason::SexContradictsId.into()),
        (_, Carried::Yes(_, told)) => Ok(Some(*told)),
        (None, Carried::No) => Err(Reason::Missing(Sex::ASKED)),
        (typed, _) => Ok(typed),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::identity::{NumberReason, number18::with_check};

    fn mainland() -> PartyInput {
        PartyInput {
            kind: "mainland".into(),
            name: "张三".into(),
            id_type: "resident_id".into(),
            id_number: "440308199901101512".into(),
            ..PartyInput::default()
        }
    }

    fn abroad() -> PartyInput {
        PartyInput {
            kind: "foreigner".into(),
            name: "Mary O'Neill".into(),
            id_type: "passport".into(),
            id_number: "X1234567".into(),
            birth_date: "1998-3-27".into(),
            sex: "female".into(),
            ..PartyInput::default()
        }
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_resident_id_tells_birth_date_and_sex() {
        let identity = mainland().identity().unwrap();
        assert_eq!(identity.birth_date(), date("1999-01-10"));
        assert_eq!(identity.sex(), Sex::Male);
        assert_eq!(identity.birth_date_field(), "id_number");
    }

    #[test]
    fn a_kind_with_one_document_need_not_choose_it() {
        let input = PartyInput { id_type: String::new(), ..mainland() };
        assert_eq!(input.identity(), mainland().identity());
    }

    #[test]
    fn birth_date_and_sex_may_repeat_the_number_but_not_contradict_it() {
        let same = PartyInput { birth_date: "1999年1月10日".into(), sex: "male".into(), ..mainland() };
        assert_eq!(same.identity(), mainland().identity());
        let other = PartyInput { birth_date: "1999-01-11".into(), sex: "female".into(), ..mainland() };
        let errors = other.identity().unwrap_err();
        assert_eq!(errors.for_field("birth_date"), Some(&PersonReason::BirthDateContradictsId.into()));
        assert_eq!(errors.for_field("sex"), Some(&PersonReason::SexContradictsId.into()));
        assert_eq!(errors.len(), 2);
    }

    #[test]
    fn a_passport_needs_birth_date_and_sex() {
        assert_eq!(abroad().identity().unwrap().birth_date(), date("1998-03-27"));
        let bare = PartyInput { birth_date: String::new(), sex: String::new(), ..abroad() };
        let errors = bare.identity().unwrap_err();
        assert_eq!(errors.for_field("birth_date"), Some(&Reason::Missing(BIRTH_DATE)));
        assert_eq!(errors.for_field("sex"), Some(&Reason::Missing(Sex::ASKED)));
    }

    #[test]
    fn both_cards_of_a_permanent_resident_are_taken() {
        let new = PartyInput {
            id_type: "foreign_permanent_resident_id".into(),
            id_number: "944840198501010018".into(),
            birth_date: String::new(),
            sex: String::new(),
            ..abroad()
        };
        assert_eq!(new.identity().unwrap().sex(), Sex::Male);
        let older = PartyInput { id_number: "USA110000000018".into(), ..new };
        let errors = older.identity().unwrap_err();
        assert!(errors.for_field("birth_date").is_some() && errors.for_field("sex").is_some());
    }

    #[test]
    fn an_unreadable_number_gets_one_message_only() {
        let input = PartyInput { id_number: "440308199901101513".into(), ..mainland() };
        assert_eq!(input.identity(), Err(FieldErrors::one("id_number", NumberReason::CheckDigit)));
    }

    #[test]
    fn each_kind_of_person_has_its_documents() {
        for &kind in PartyKind::ALL {
            for &id_type in IdType::ALL {
                let input = PartyInput { kind: kind.wire().into(), id_type: id_type.wire().into(), ..abroad() };
                let refused = input.identity().is_err_and(|errors| {
                    errors.for_field("id_type") == Some(&MarriageReason::IdTypeNotForKind(kind).into())
                });
                assert_eq!(refused, !kind.id_types().contains(&id_type));
            }
        }
    }

    #[test]
    fn a_residence_permit_number_of_a_mainland_person_says_what_to_choose() {
        let input = PartyInput { id_number: "810000199408230021".into(), ..mainland() };
        assert_eq!(
            input.identity(),
            Err(FieldErrors::one(
                "id_number",
                MarriageReason::OtherDocument { choose: IdType::HkMacaoTaiwanResidencePermit }
            ))
        );
    }

    #[test]
    fn unknown_choices_are_asked_again() {
        let input =
            PartyInput { kind: "martian".into(), id_type: "library_card".into(), sex: "yes".into(), ..abroad() };
        let errors = input.identity().unwrap_err();
        for (field, asked) in [("kind", PartyKind::ASKED), ("id_type", IdType::ASKED), ("sex", Sex::ASKED)] {
            assert_eq!(errors.for_field(field), Some(&Reason::NotOffered(asked)));
        }
    }

    #[test]
    fn a_birth_date_after_today_is_noticed_where_it_was_typed() {
        let born = abroad().identity().unwrap();
        assert_eq!(born.born_by(date("1998-03-27")), Ok(()));
        assert_eq!(
            born.born_by(date("1998-03-26")),
            Err(FieldErrors::one("birth_date", PersonReason::BirthDateInFuture))
        );
        let carried = mainland().identity().unwrap();
        assert_eq!(
            carried.born_by(date("1999-01-09")),
            Err(FieldErrors::one("id_number", PersonReason::BirthDateInFuture))
        );
    }

    #[test]
    fn one_document_is_one_person_however_it_is_typed() {
        let again = PartyInput { name: "张叁".into(), id_number: "440308 19990110 151２".into(), ..mainland() };
        let (first, second) = (mainland().identity().unwrap(), again.identity().unwrap());
        assert_eq!(first.index_text(), second.index_text());
        assert_eq!(second.other_than(&first), Err(FieldErrors::one("id_number", MarriageReason::SamePersonTwice)));
        assert_eq!(abroad().identity().unwrap().other_than(&first), Ok(()));
    }

    #[test]
    fn passports_of_two_countries_with_one_number_are_two_people() {
        let other = PartyInput { birth_date: "1990-01-01".into(), ..abroad() };
        assert_ne!(abroad().identity().unwrap().index_text(), other.identity().unwrap().index_text());
    }

    fn any_input() -> impl Strategy<Value = PartyInput> {
        let typed = || "\\PC{0,24}|[0-9X]{15,18}|[HM]?[0-9]{8}";
        let kinds = PartyKind::ALL.iter().map(|kind| kind.wire().to_owned()).collect::<Vec<_>>();
        let id_types = IdType::ALL.iter().map(|kind| kind.wire().to_owned()).collect::<Vec<_>>();
        (
            (prop::sample::select(kinds), typed()),
            (prop::sample::select(id_types), typed(), typed()),
            (any::<bool>(), "[0-9]{17}"),
        )
            .prop_map(|((kind, name), (id_type, id_number, birth_date), (checked, first17))| PartyInput {
                kind,
                name,
                id_type,
                id_number: if checked { with_check(&first17) } else { id_number },
                birth_date,
                ..PartyInput::default()
            })
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_gives_a_person_or_a_message(input in any_input()) {
            match input.identity() {
                Ok(identity) => prop_assert_eq!(identity.to_input().identity(), Ok(identity)),
                Err(errors) => prop_assert!(!errors.is_empty()),
            }
        }

        #[test]
        fn a_person_is_read_again_from_the_canonical_form(days in 0i64..36_000, seq in 0u32..1000) {
            let born = NaiveDate::from_ymd_opt(1920, 1, 1).unwrap() + chrono::TimeDelta::days(days);
            let first17 = format!("440305{}{seq:03}", born.to_string().replace('-', ""));
            let input = PartyInput { id_number: with_check(&first17), ..mainland() };
            let identity = input.identity().unwrap();
            prop_assert_eq!(identity.birth_date(), born);
            prop_assert_eq!(identity.to_input().identity(), Ok(identity));
        }
    }
}
