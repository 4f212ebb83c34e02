//! A procedure of one region: what is asked, what is needed, who may ask, by when an answer is due.

use serde::{Deserialize, Serialize};

use crate::calendar::Limit;
use crate::eligibility::{expr::Condition, pack::FactOption, pack::Pack};
use crate::field::Reason;
use crate::localised::Localised;

/// All that one place says of a procedure, the rules above it included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    pub id: String,
    /// Whether this place takes applications: a law above it alone sets neither who nor how much.
    pub is_offered: bool,
    /// Its conditions, figures and sources: a pack with this one benefit, whose facts are the fields that conditions ask
    /// about, each at the household's, and whose documents are the papers.
    pub rules: Pack,
    pub steps: Vec<Step>,
    pub papers: Vec<Paper>,
    pub relations: Option<Relations>,
    /// The fields of which one value is granted once, whoever asks.
    pub once: Vec<String>,
    /// Within which time it is decided; none where no text that was seen sets one.
    pub clock: Option<ClockRule>,
    /// After which time it counts as accepted; none where no text says so.
    pub silence: Option<ClockRule>,
    pub payee: Payee,
    /// The date whose day decides which rules and figures hold, by the id of its field; without one it is today.
    pub counts: Option<String>,
    /// Pairs of answers of which conditions ask whether they are the same.
    pub compared: Vec<Compared>,
    /// What cannot be, in the order of the form.
    pub refuse: Vec<Refuse>,
    /// Who looks at it first; none where no text that was seen says so.
    pub route: Option<Route>,
    /// Within which time after the day that counts it is to be claimed; none where no text that was seen says so.
    pub claim: Option<ClockRule>,
}

/// One page of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub id: String,
    pub title: Localised,
    pub lead: Option<Localised>,
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    pub id: String,
    pub kind: FieldKind,
    pub label: Localised,
    /// What it is called to the office, where the label speaks to whoever fills it in.
    pub called: Option<Localised>,
    pub hint: Option<Localised>,
    pub optional: bool,
    /// Asked only where this can hold.
    pub asked_if: Option<Condition>,
}

/// Answers that cannot all be right, told at the field where they are put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refuse {
    /// Of the field, which is looked at once it can be read itself.
    pub field: String,
    pub id: String,
    /// Refused only where it certainly holds.
    pub condition: Condition,
    pub says: Localised,
}

/// A fact that nobody is asked for: whether two answers are the same, however each was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Of its fact in the rules, which is `no` while one of the two cannot be read.
    pub id: String,
    /// The ids of two fields of one kind.
    pub fields: [String; 2],
    pub holds: Holds,
}

/// When a [`Compared`] is `yes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    Same,
    Differ,
}

/// What a field holds; each kind has one parser ([`super::value`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Name,
    IdNumber,
    Phone,
    /// One of [`Procedure::relations`].
    Relation,
    /// One of these divisions or none of them, and the rest in words.
    Address(Vec<FactOption>),
    Date,
    /// Up to so many fen.
    Money {
        most: i64,
    },
    /// The account that is paid to.
    Account,
    /// The number of a certificate.
    Certificate,
    YesNo,
    Choice(Vec<FactOption>),
    /// A sentence or more, up to so many characters.
    Words {
        most: usize,
    },
    /// A statement that is agreed to, by its version.
    Declaration {
        version: String,
        text: Localised,
        /// The answers that are kept by this consent alone; none of what rests on the bureau's duty.
        #[serde(default)]
        consent: Vec<String>,
    },
}

/// What is handed in: photographs or a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub id: String,
    pub name: Localised,
    pub hint: Option<Localised>,
    /// Needed only where this can hold; always without.
    pub needed_if: Option<Condition>,
}

/// Who counts as a relative, which no two places say alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relations {
    pub version: String,
    /// Index in the sources of [`Procedure::rules`]; none where no text that was seen says who may apply.
    pub source: Option<usize>,
    pub who: Vec<FactOption>,
}

/// A time that a text sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRule {
    pub limit: Limit,
    /// Index in the sources of [`Procedure::rules`].
    pub source: usize,
}

/// Who is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Payee {
    /// The account of whoever applies, in their own name; cash only as an exception that staff make.
    Applicant,
    /// Nobody: a fee is not asked for.
    Waived,
}

/// Who looks at a claim first, before it goes on to the bureau.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Whoever holds the burial.
    Organiser,
    /// The community or the street office.
    Street,
    Cemetery,
}

impl Route {
    /// The way that a claim takes.
    pub fn words(self) -> Localised {
        let [zh, en] = match self {
            Self::Organiser => {
                ["先由承办安葬的单位收，再到民政部门", "Whoever holds the burial takes it first, then the bureau"]
            }
            Self::Street => {
                ["先由社区、街道收，再到民政部门", "The community or the street office takes it first, then the bureau"]
            }
            Self::Cemetery => ["先由墓园收，再到民政部门", "The cemetery takes it first, then the bureau"],
        };
        Localised::new(zh, en)
    }
}

impl Field {
    /// What it is called to the office and in its record.
    pub fn for_office(&self) -> &Localised {
        self.called.as_ref().unwrap_or(&self.label)
    }
}

impl Refuse {
    /// As it stands at the field.
    pub fn reason(&self) -> Reason {
        Reason::own(ANSWERS_DISAGREE, self.says.zh.clone(), self.says.en.clone())
    }
}

/// The code of what a definition refuses; which of its rules it was, the words say.
const ANSWERS_DISAGREE: &str = "answers_disagree";

impl Procedure {
    /// What it is called.
    pub fn name(&self) -> Localised {
        self.rules.benefits.first().map_or_else(|| Localised::new(&self.id, &self.id), |benefit| benefit.name.clone())
    }

    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|step| &step.fields)
    }

    /// The fields that say who applies: those of the page that asks for the phone, where one does.
    pub fn of_applicant(&self) -> &[Field] {
        let has_phone = |fields: &[Field]| fields.iter().any(|field| field.kind == FieldKind::Phone);
        let own = self.steps.iter().find(|step| has_phone(&step.fields));
        own.or_else(|| self.steps.last()).map_or(&[][..], |step| step.fields.as_slice())
    }

    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields().find(|field| field.id == id)
    }
}
