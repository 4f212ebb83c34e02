//! A copy of what is kept of a booking, for one of those whom it is about: their own in full, and of the other no more than the
//! booking's page shows (个人信息保护法 art 45). What the hall keeps of it, the hall adds.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value as Json, json};
use shared::appointments::{BookingReference, HoldId, Refusal};
use shared::calendar::{shanghai, shanghai_date};
use shared::identity::Phone;
use shared::locale::Locale;
use shared::localised::Localised;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::messages::{self, About};
use super::{Holder, search, view, whose_copy::WhoseCopy, withheld};
use crate::app::App;
use crate::appointments::attendees::{Attendees, phone_of, place_of};
use crate::appointments::bookable::Bookable;
use crate::appointments::point;
use crate::appointments::record::{self, Record};
use crate::audit::{self, Actor, ChainedEvent, Event};
use crate::database::sql::sql;
use crate::error::Error;
use crate::outbox;

/// What is kept of the holder's booking. That it was taken is recorded, and its phones are told, once a day at most.
pub(crate) async fn copy(app: &App, bookable: &Bookable, holder: &Holder, now: DateTime<Utc>) -> Result<Json, Error> {
    let record = view::load(app, bookable, holder, now).await?;
    let reference = record.reference.ok_or(Refusal::BookingEnded)?;
    let attendees = bookable.people_of(app.keys(), &record)?;
    let point = point::one(app, &record.service, &record.place).await?;
    let about = About::of(app, bookable, reference, &record, &point);
    let event = Event { stream: record.id.as_str(), actor: holder.actor(), act: messages::COPIED, detail: json!({}) };
    let copying = Copying {
        link: audit::prepare(&record.head, &event, now),
        messages: messages::of_copy(app, &attendees.phones(), &about, record.locale),
        record: record.clone(),
        now,
    };
    app.database().write_with(copying, write).await?;
    app.outbox_wakes();

    let whose = WhoseCopy::of(&*attendees, holder);
    let own = whose.own().map(|place| attendees.left().unwrap_or(place));
    compose(app, bookable, &record, (&*attendees, own, whose.note(&point.place.name)), now).await
}

/// A copy that is handed over at the desk, and what the hall needs to add its part.
pub(crate) struct AtDesk {
    pub(crate) kept: Json,
    pub(crate) bookable: &'static Bookable,
    pub(crate) id: HoldId,
    pub(crate) attendees: Box<dyn Attendees>,
    /// Whose it is, by their place among those listed.
    pub(crate) own: usize,
    pub(crate) date: NaiveDate,
    /// When it was found by their own document.
    pub(crate) looked_up: Vec<DateTime<Utc>>,
}

/// The act under which a copy at the desk stands in the booking's record; whoever holds it reads of none.
pub(crate) const COPIED_AT_DESK: &str = "copied_at_desk";

/// What is kept of a booking, for the one with this blind index, who stands at the desk. No text goes out: it would tell the
/// other where they are. It says what those who hold the booking may know: paper is carried home.
pub(crate) async fn at_desk(
    app: &App,
    (reference, person): (BookingReference, &str),
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<AtDesk, Error> {
    let mut connection = app.database().read().await?;
    let record = record::by_reference(&mut connection, reference).await?.ok_or(Problem::NotFound)?;
    let record = withheld::as_held(&mut connection, record, now).await?;
    drop(connection);
    let bookable = app.bookable_of(&record.service).ok_or(Problem::NotFound)?;
    let attendees = bookable.people_of(app.keys(), &record)?;
    let own = place_of(app.keys(), &*attendees, person).ok_or(Refusal::Erased)?;
    let event = Event { stream: record.id.as_str(), actor: actor.clone(), act: COPIED_AT_DESK, detail: json!({}) };
    let link = audit::prepare(&record.head, &event, now);
    app.database().write_with(Copying { link, messages: Vec::new(), record: record.clone(), now }, write).await?;
    let kept = compose(app, bookable, &record, (&*attendees, Some(own), None), now).await?;
    let looked_up = search::looked_up_by(&mut *app.database().read().await?, &record.id, own).await?;
    Ok(AtDesk { kept, bookable, id: record.id, attendees, own, date: shanghai_date(record.starts_at), looked_up })
}

async fn compose(
    app: &App,
    bookable: &Bookable,
    record: &Record,
    (attendees, own, note): (&dyn Attendees, Option<usize>, Option<Localised>),
    now: DateTime<Utc>,
) -> Result<Json, Error> {
    let point = point::one(app, &record.service, &record.place).await?;
    let phone = own.and_then(|place| phone_of(attendees, place));
    let texts = outbox::of_subject(app, &record.subject()).await?;
    let texts = texts.iter().filter(|posted| messages::may_be_read(posted, now)).map(|posted| {
        let to = to(&posted.message.to, phone.as_ref());
        let text = without_links(&posted.message.text, record.locale);
        json!({ "to": to, "text": text, "written_at": shanghai(posted.created_at) })
    });
    let done = withheld::acts(&mut *app.database().read().await?, &record.id, now).await?;
    Ok(json!({
        "reference": record.reference,
        "service": bookable.name,
        "place": point.place.name,
        "starts_at": shanghai(record.starts_at),
        "ends_at": shanghai(record.ends_at),
        "state": record.state.observed(now, record.starts_at).name(),
        "state_note": state_note(),
        "people": attendees.copied(own),
        "people_note": note,
        "messages": texts.collect::<Vec<_>>(),
        "done": done.iter().map(|(act, at)| json!({ "act": act, "at": shanghai(*at) })).collect::<Vec<_>>(),
        "kept_until": crate::appointments::erasing::kept_until(app, shanghai_date(record.starts_at)),
    }))
}

/// The same in every copy, so that it tells nothing of this one: in one whose end the office withholds, the state is as those who
/// hold it read it (个人信息保护法 art 18 and 35), and no copy claims that it is all there is.
fn state_note() -> Localised {
    Localised::new(
        "状态和做过什么，以窗口的答复为准；有的内容依法不在这里。",
        "For its state and what was done, what the counter answers is what counts; some things are by law not in here.",
    )
}

/// Where a text went: the other's phone is theirs.
fn to(phone: &str, own: Option<&Phone>) -> String {
    match own {
        Some(own) if own.as_str() == phone => phone.to_owned(),
        _ => Phone::parse(phone).map(|phone| phone.masked()).unwrap_or_default(),
    }
}

/// A text without its links: whoever has one of them has the booking, and a file is passed on.
fn without_links(text: &str, locale: Locale) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("http") {
        let (before, link) = rest.split_at(start);
        let end = link.find(|character: char| !character.is_ascii_graphic()).unwrap_or(link.len());
        kept.push_str(before);
        kept.push_str(locale.say("（链接略）", "(link left out)"));
        rest = &link[end..];
    }
    kept + rest
}

struct Copying {
    record: Record,
    link: ChainedEvent,
    messages: Vec<Vec<u8>>,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, copying: &Copying) -> Result<(), Error> {
    let (record, head) = (&copying.record, copying.link.head());
    let statement = "update appointment set audit_length = $1, audit_head = $2 where id = $3 and audit_length = $4";
    let values = [head.length.into(), head.hash.into(), record.id.as_str().into(), record.head.length.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        // It was moved or cancelled at this moment: what would be copied is not what stands.
        return Err(Problem::Busy.into());
    }
    audit::insert(connection, &copying.link).await?;
    let today = shanghai_date(copying.now).to_string();
    let subject = record.subject();
    Ok(outbox::insert_once(connection, &subject, messages::COPIED, &today, &copying.messages, copying.now).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_loses_its_links_and_nothing_else() {
        let text = "【惠民】查看：https://example.cn/m/K7MP4CRT9WXA-abc，再见 http://example.cn/en/m/x";
        assert_eq!(without_links(text, Locale::Zh), "【惠民】查看：（链接略），再见 （链接略）");
        assert_eq!(without_links("没有链接", Locale::Zh), "没有链接");
    }
}
