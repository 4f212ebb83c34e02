//! What people are told of their visit by text message: one text for each way it can end. None names a ground, or a paper that
//! tells of somebody's past, since both phones of a couple get the same.

use shared::calendar::shanghai;
use shared::counter::{Act, Outcome, Papers, Step};
use shared::identity::Phone;
use shared::locale::Locale;
use shared::localised::Localised;
use shared::say;

use super::people;
use super::store::Stored;
use crate::app::App;
use crate::appointments::bookable::{Bookable, Missing};
use crate::appointments::{point, record};
use crate::error::Error;
use crate::outbox::Message;
use crate::settings::{Contesting, PerRegistry};

/// What the index of a text is of.
const TOLD: &str = "told";

/// The kinds of texts that say all that there is to be said of such an end.
pub(super) const NO_SHOW: &str = "visit_no_show";
pub(super) const REFUSED: &str = "visit_refused";

/// What an act tells people once it can no longer be undone, as whoever is about to act reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WouldTell {
    pub text: String,
    /// Masked.
    pub to: Vec<String>,
}

/// What missing papers tell people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WouldTellOfPapers {
    /// Where each of them may be named.
    pub named: WouldTell,
    /// Where one of them tells something of whoever lacks it.
    pub unnamed: WouldTell,
}

/// What is missing, as far as everybody who comes may read it, in a text or on the page of their booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// The titles of all that is missing.
    Named(Vec<Localised>),
    /// Papers are missing, of which not all may be named.
    Unnamed,
}

/// Which text it is; its name is kept in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
enum About {
    NoShow,
    Refused,
    ToReturn(Lacking),
    /// No list: what else stood in the way, which may be what one of them must not learn.
    NotDone,
}

/// A text on its way to the phones of a booking.
pub(super) struct Telling {
    pub(super) kind: &'static str,
    text: String,
    phones: Vec<Phone>,
}

/// The same as the database gets it, and what the record says of it.
#[derive(Clone)]
pub(super) struct Sealed {
    pub(super) kind: &'static str,
    /// Keyed index of the text, by which the bureau knows a text that somebody shows, and whoever has a text finds nobody.
    pub(super) digest: String,
    /// One for each phone.
    pub(super) messages: Vec<Vec<u8>>,
}

impl Telling {
    pub(super) fn sealed(&self, app: &App) -> Sealed {
        let digest = app.keys().blind_index(TOLD, &self.text);
        let messages = self.phones.iter().map(|phone| Message::new(phone, self.text.clone()).seal(app.keys()));
        Sealed { kind: self.kind, digest, messages: messages.collect() }
    }

    pub(super) fn shown(self) -> WouldTell {
        WouldTell { text: self.text, to: self.phones.iter().map(Phone::masked).collect() }
    }
}

/// What a step tells, and whom; nothing where it tells nothing, or where nobody gave a phone.
pub(super) async fn of_step(app: &App, stored: &Stored, step: &Step) -> Result<Option<Telling>, Error> {
    compose(app, stored, |bookable| about(step, bookable)).await
}

/// What is told of missing papers before any is ticked: with a mark where the list will be, and where there is none.
pub(super) async fn of_papers(app: &App, stored: &Stored) -> Result<Option<WouldTellOfPapers>, Error> {
    let list = Localised::new("（上面勾选的材料）", "(the papers ticked above)");
    let named = compose(app, stored, |_| Some(About::ToReturn(Lacking::Named(vec![list])))).await?;
    let unnamed = compose(app, stored, |_| Some(About::ToReturn(Lacking::Unnamed))).await?;
    let both = named.zip(unnamed);
    Ok(both.map(|(named, unnamed)| WouldTellOfPapers { named: named.shown(), unnamed: unnamed.shown() }))
}

async fn compose(
    app: &App,
    stored: &Stored,
    about: impl FnOnce(&Bookable) -> Option<About>,
) -> Result<Option<Telling>, Error> {
    let Some(booking) = &stored.booking else { return Ok(None) };
    let Some(bookable) = app.bookable_of(&stored.service) else {
        return Ok(None);
    };
    let Some(about) = about(bookable) else { return Ok(None) };
    let Some(attendees) = people::open(app, &stored.service, booking) else { return Ok(None) };
    let locale = record::by_id(&mut *app.database().read().await?, &booking.id).await?;
    let locale = locale.map_or(Locale::Zh, |record| record.locale);
    let point = point::one(app, &stored.service, &stored.place).await?;
    let (place, phone) = (point.place.name.say(locale), &point.place.phone);
    let remedies = remedies(&app.settings().contesting, stored, locale);
    let text = text(&about, bookable, (place, phone, &remedies), stored, locale);
    Ok(Some(Telling { kind: about.kind(), text, phones: attendees.phones() }))
}

impl About {
    fn kind(&self) -> &'static str {
        match self {
            Self::NoShow => NO_SHOW,
            Self::Refused => REFUSED,
            // The record says no more than the text.
            Self::ToReturn(_) => "visit_to_return",
            Self::NotDone => "visit_not_done",
        }
    }
}

/// Who is called and does not come to the counter is told as well as who never came.
fn about(step: &Step, bookable: &Bookable) -> Option<About> {
    match step {
        Step::Act(Act::NoShow) => Some(About::NoShow),
        Step::Act(Act::Finish(Outcome::Refused { .. })) => Some(About::Refused),
        Step::Act(Act::Finish(Outcome::ToReturn { papers })) => {
            Some(Lacking::of(papers, bookable).map_or(About::NotDone, About::ToReturn))
        }
        _ => None,
    }
}

impl Lacking {
    /// Nothing where it stands on no list. One that is not to be named takes the names of all: a list with a gap would name it
    /// too.
    pub(super) fn of(papers: &Papers, bookable: &Bookable) -> Option<Self> {
        let missing: Vec<_> = papers.iter().map(bookable.paper).collect::<Option<_>>()?;
        let title = |missing| match missing {
            Missing::Named(title) => Some(title),
            Missing::Unnamed => None,
        };
        let titles: Option<Vec<_>> = missing.into_iter().map(title).collect();
        Some(titles.map_or(Self::Unnamed, Self::Named))
    }

    /// A sentence without its end.
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::Named(titles) => {
                let list = titles.iter().map(|title| title.say(locale)).collect::<Vec<_>>();
                let list = list.join(locale.say("、", "; "));
                say!(locale, "还差材料：{list}", "these papers are missing: {list}")
            }
            Self::Unnamed => locale
                .say("还差材料，缺什么窗口已经当面说明", "papers are missing; the counter has said which")
                .to_owned(),
        }
    }
}

/// What is open to whoever was refused, on whatever ground: a review is safe first, since for some decisions a suit has to come after
/// one, and leaves 15 days for the suit (行政复议法 art 20, 23; 行政诉讼法 art 45, 46).
fn remedies(contesting: &Contesting, stored: &Stored, locale: Locale) -> String {
    let words = |of: &PerRegistry, before: &str| {
        of.of(&stored.place, &stored.office).map(|name| format!("{before}{name}")).unwrap_or_default()
    };
    let (government, court) = match locale {
        Locale::Zh => (words(&contesting.review_government, "向"), words(&contesting.court, "向")),
        Locale::En => (words(&contesting.review_government, " "), words(&contesting.court, " at ")),
    };
    say!(
        locale,
        "不服的，60 日内可以{government}申请行政复议；还不服的，收到复议决定 15 日内起诉。法律没要求先复议的，6 个月内也可以直接{court}起诉。\
         先复议更稳妥。",
        "If you disagree, you can ask{government} for an administrative review within 60 days and, if you still disagree, sue within \
         15 days of getting its decision. Where the law asks for no review first, you can also sue{court} directly within 6 months. It \
         is safer to ask for the review first."
    )
}

fn text(
    about: &About,
    bookable: &Bookable,
    (place, phone, remedies): (&str, &str, &str),
    stored: &Stored,
    locale: Locale,
) -> String {
    let local = shanghai(stored.visit.starts_at()).naive_local();
    let when = format!("{} {}", locale.full_date(local.date()), locale.time(local.time()));
    let [zh, en] = bookable.name;
    let name = locale.say(zh, en);
    match about {
        About::NoShow => say!(
            locale,
            "【惠民】您 {when} 在{place}的{name}，没有在窗口见到您，已经按未到处理。当天还想来办的，或者当时在场的，请先拨打 {phone}；过了当天再办的，请按当地的预约规则重新预约。",
            "[Huimin] Nobody came to the counter for your {name} on {when} at {place}, so it was marked as missed. If you \
             can still come on the same day, or were there, call {phone} first; for a later day, book again as the local rules allow."
        ),
        About::Refused => say!(
            locale,
            "【惠民】您 {when} 在{place}的{name}没有办成。理由由窗口说明；要书面说明的，请拨打 {phone}。{remedies}",
            "[Huimin] Your {name} on {when} at {place} was not completed. The counter explains why; to have it in writing, call {phone}. {remedies}"
        ),
        About::ToReturn(lacking) => {
            let lacks = lacking.words(locale);
            say!(
                locale,
                "【惠民】您 {when} 在{place}的{name}{lacks}。带齐以后可以再来：当天再来的，请先拨打 {phone} 问还能不能办；过了当天，可以重新预约。",
                "[Huimin] For your {name} on {when} at {place} {lacks}. Please come again with them: on the same day, call \
                 {phone} first to ask whether it can still be done; from the day after, you can book again."
            )
        }
        About::NotDone => say!(
            locale,
            "【惠民】您 {when} 在{place}的{name}没有办完。再来以前，请先拨打 {phone} 问清。",
            "[Huimin] Your {name} on {when} at {place} was not completed. Before you come again, please call {phone}."
        ),
    }
}
