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
    /// The number of a passport is unique only within its country, hence the birth date with it.
    pub fn index_text(&self) -> String {
        index_text(&self.document, self.birth_date)
    }

    /// [`Self::index_text`] of whoever shows a document with this number, for each kind of document it can be; a passport
    /// only with the birth date in it.
    pub fn index_texts(number: &str, born: Option<NaiveDate>) -> Vec<String> {
        let read = |id_type: &IdType| IdDocument::parse(*id_type, number).ok();
        let text = |document: IdDocument| match document.id_type() {
            id_type if id_type.is_of_any_country() => born.map(|born| index_text(&document, born)),
            _ => Some(index_text(&document, born.unwrap_or_default())),
        };
        IdType::ALL.iter().filter_map(read).filter_map(text).collect()
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

    /// The field where the resident can put a wrong sex right.
    fn sex_field(&self) -> &'static str {
        if self.document.sex().is_some() { "id_number" } else { "sex" }
    }

    /// Refuses the document of the other party, at `id_number` of this one, and a second man or woman.
    pub fn other_than(&self, first: &Self) -> Result<(), FieldErrors> {
        if self.document == first.document {
            Err(FieldErrors::one("id_number", MarriageReason::SamePersonTwice))
        } else if self.sex == first.sex {
            Err(FieldErrors::one(self.sex_field(), MarriageReason::SameSex))
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

/// `born` counts for documents of any country alone.
fn index_text(document: &IdDocument, born: NaiveDate) -> String {
    let (kind, number) = (document.id_type().wire(), document.as_str());
    match document.id_type() {
        id_type if id_type.is_of_any_country() => format!("{kind}:{number}:{born}"),
        _ => format!("{kind}:{number}"),
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
            (None, Some(IdType::HkMacaoPermit | IdType::TaiwanPermit | IdType::Passport | IdType::TravelDocument)) => {
                Self::No
            }
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
mod tests;
