//! By the document that lies on the desk: how somebody is looked for at whatever office.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use leptos::prelude::*;
use shared::{
    calendar::shanghai_date,
    civil_date::{DateBoxes, parse_date},
    field::{self, FieldErrors, FieldMessage, choice},
    identity::{BIRTH_DATE, IdDocument, IdType, NotThisDocument},
    locale::Locale,
};

use crate::{
    components::{
        button::Button,
        date_field::DateField,
        error_summary::message_at,
        field::{Labelled, described_by},
        id_field::IdField,
    },
    pairs::{Pairs, value},
};

/// What was typed, right or wrong.
#[derive(Default)]
pub(super) struct Typed {
    id_type: String,
    id_number: String,
    born: DateBoxes,
}

impl Typed {
    pub(super) fn of(typed: &Pairs) -> Self {
        let text = |name| value(typed, name).unwrap_or_default().to_owned();
        let born = DateBoxes { year: text("born.year"), month: text("born.month"), day: text("born.day") };
        Self { id_type: text("id_type"), id_number: text("id_number"), born }
    }

    /// The number of a passport is one person's only with the day of birth.
    pub(super) fn read(
        &self,
        locale: Locale,
        now: DateTime<Utc>,
    ) -> Result<(IdDocument, Option<NaiveDate>), FieldErrors> {
        let mut errors = FieldErrors::new();
        let id_type = errors.keep("id_type", choice(IdType::ASKED, &self.id_type, IdType::from_wire));
        let document = id_type.and_then(|id_type| {
            let document = IdDocument::parse(id_type, &self.id_number).map_err(|wrong| match wrong {
                NotThisDocument::Unreadable(reason) => reason,
                NotThisDocument::Other(other) => field::Reason::own(
                    "other_document",
                    format!("这是{}的号码，请在上面改选。", other.label(Locale::Zh)),
                    format!("This is the number of another document: {}. Please choose it above.", other.label(locale)),
                ),
            });
            errors.keep("id_number", document)
        });
        let born = if id_type.is_some_and(IdType::is_of_any_country) {
            let latest = shanghai_date(now).year();
            errors.keep("born", parse_date(BIRTH_DATE, &self.born.join(), latest - 120, latest))
        } else {
            None
        };
        match document {
            Some(document) if errors.is_empty() => Ok((document, born)),
            _ => Err(errors),
        }
    }
}

/// What is said before the card is typed, what else is asked, and what looks.
pub(super) struct Looking {
    pub(super) says: &'static str,
    pub(super) more: Option<AnyView>,
    pub(super) button: &'static str,
}

pub(super) fn draw(
    locale: Locale,
    action: &str,
    typed: &Typed,
    messages: &[FieldMessage],
    Looking { says, more, button }: Looking,
) -> AnyView {
    let error = |name| message_at(messages, name);
    let is_of_any_country = IdType::from_wire(&typed.id_type).is_some_and(IdType::is_of_any_country);
    // Most have a card, whose number says when they were born.
    let asks_born = is_of_any_country || error("born").is_some() || typed.born != DateBoxes::default();
    view! {
        <form class="flow" method="post" action=action.to_owned() novalidate>
            <p>
                {says}
                {locale.say(
                    "每次查都会记录，一小时最多十次。",
                    " Each look-up is recorded; there are ten an hour at most.",
                )}
            </p>
            {kinds(locale, &typed.id_type, error("id_type"))}
            <IdField
                locale=locale
                name="id_number"
                label=locale.say("证件号码", "Document number")
                value=typed.id_number.clone()
                error=error("id_number")
            />
            <details class="ask" open=asks_born>
                <summary>
                    {locale.say("护照和其他国际旅行证件，还要填出生日期…", "A passport or travel document also takes a date of birth…")}
                </summary>
                <DateField
                    locale=locale
                    name="born"
                    legend=locale.say("出生日期", "Date of birth")
                    value=typed.born.clone()
                    error=error("born")
                />
            </details>
            {more}
            <p class="actions">
                <Button text=button name="do" value="find" />
            </p>
        </form>
    }
    .into_any()
}

/// The card of somebody from here is chosen where nothing is.
fn kinds(locale: Locale, chosen: &str, error: Option<String>) -> AnyView {
    const NAME: &str = "id_type";
    let (described, invalid) = (described_by(NAME, false, error.is_some()), error.is_some().then_some("true"));
    let options = IdType::ALL.iter().map(|id_type| {
        let (wire, label) = (id_type.wire(), id_type.label(locale));
        view! { <option value=wire selected=wire == chosen>{label}</option> }
    });
    let options = options.collect_view();
    view! {
        <Labelled locale=locale name=NAME label=locale.say("证件类型", "Kind of document") error=error>
            <select class="input" id=NAME name=NAME aria-describedby=described aria-invalid=invalid>
                {options}
            </select>
        </Labelled>
    }
    .into_any()
}
