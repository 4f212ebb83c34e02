//! `/marriage/book/details/{who}`: who the person is, as on the document, and the phone.

mod identity;
pub(super) mod phone;

use axum::{
    Form,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use server::{App, client::Client, rejection::Rejection};
use shared::{
    calendar::shanghai_date,
    field::{FieldErrors, FieldMessage},
    identity::Sex,
    locale::Locale,
    marriage::{PartyInput, age::may_marry_from, booking::old_enough_on},
    problem::Problem,
    say,
};

use crate::{
    appointments::{
        booking_form::BookingForm,
        confirming,
        question_page::{QuestionPage, save_and_continue},
        wish::Wish,
    },
    pages::marriage::book::{MARRIAGE, people, who::Who},
    pairs::{Pairs, value},
    visit::Visit,
};

pub async fn show(State(app): State<App>, visit: Visit, Path(who): Path<String>) -> Result<Response, Rejection> {
    let who = Who::from_segment(&who).ok_or(Problem::NotFound)?;
    let form = BookingForm::open(&app, &visit, &MARRIAGE).await?;
    let parties = people::read(&form.draft.answers);
    Ok(draw(&app, &visit, &form, who, &parties, &FieldErrors::new()))
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Path(who): Path<String>,
    headers: HeaderMap,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let who = Who::from_segment(&who).ok_or(Problem::NotFound)?;
    let mut form = BookingForm::open(&app, &visit, &MARRIAGE).await?;
    if let Some(answer) = form.not_kept(&app, &visit, &typed) {
        return Ok(answer);
    }
    let hold = value(&typed, "hold").unwrap_or_default();
    if let Some(booked) = confirming::made_before(&app, &visit, &headers, &form, hold).await? {
        return Ok(booked);
    }
    let mut parties = people::read(&form.draft.answers);
    identity::fill(&mut parties[who.index()], who, &typed);
    let shared = phone::fill(&mut parties, people::share_a_phone(&form.draft.answers), who, &typed);
    people::write(&mut form.draft.answers, &parties);
    people::choose_to_share_a_phone(&mut form.draft.answers, shared);
    form.draft.declared = false;
    let action = value(&typed, "action").unwrap_or_default();
    if let Some(elsewhere) = form.act(&app, &visit, &client, action).await? {
        return Ok(elsewhere);
    }
    form.look_for_obstacles(&app).await?;
    match read((&parties, shared), who, shanghai_date(form.now), form.day()) {
        Ok(()) => Ok(save_and_continue(&app, &visit, &mut form, who.step()).await?),
        Err(errors) => {
            // Too young for the chosen day is no slip: what was typed stands, and another day may suit.
            if is_only_too_young(&form, &parties[who.index()], &errors) {
                form.save(&app).await?;
            }
            Ok(draw(&app, &visit, &form, who, &parties, &errors))
        }
    }
}

/// Identity and phone had a page each, whose addresses lead here; a form of such a page comes along.
pub async fn moved(visit: Visit, Path(who): Path<String>) -> Result<Response, Rejection> {
    let who = Who::from_segment(&who).ok_or(Problem::NotFound)?;
    let query = visit.query.as_deref().map(|query| format!("?{query}")).unwrap_or_default();
    let page = format!("{}{query}", visit.url(&MARRIAGE.at(who.step())));
    Ok(Redirect::permanent(&page).into_response())
}

/// All that keeps one person's answers from being taken.
fn read(
    (parties, shared): (&[PartyInput; 2], bool),
    who: Who,
    today: NaiveDate,
    day: Option<NaiveDate>,
) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    errors.keep_all(judge(parties, who, today, day));
    errors.keep_all(phone::judge(parties, shared, who));
    errors.into_result()
}

/// All that is wrong with who somebody is, also beside the other and on the day of the held time.
pub(super) fn judge(
    parties: &[PartyInput; 2],
    who: Who,
    today: NaiveDate,
    day: Option<NaiveDate>,
) -> Result<(), FieldErrors> {
    let identity = parties[who.index()].identity()?;
    let mut errors = FieldErrors::new();
    errors.keep_all(identity.born_by(today));
    if let Ok(other) = parties[who.other().index()].identity() {
        errors.keep_all(identity.other_than(&other));
    }
    if let Some(day) = day
        && errors.is_empty()
    {
        errors.keep_all(old_enough_on(&identity, day));
    }
    errors.into_result()
}

fn draw(
    app: &App,
    visit: &Visit,
    form: &BookingForm,
    who: Who,
    parties: &[PartyInput; 2],
    errors: &FieldErrors,
) -> Response {
    let locale = visit.locale;
    let party = &parties[who.index()];
    let messages = messages(locale, who, party, errors);
    let shared = people::share_a_phone(&form.draft.answers);
    let title = match who {
        Who::First => locale.say("填写男方的信息", "The groom’s details"),
        Who::Second => locale.say("填写女方的信息", "The bride’s details"),
    };
    let instead = is_only_too_young(form, party, errors).then(|| another_day(visit, form, party));
    QuestionPage { visit, form, step: who.step(), title, messages, instead }.draw(app, |messages| {
        view! {
            {identity::draw(visit, party, messages)}
            {phone::draw(locale, who, (parties, shared), messages)}
        }
        .into_any()
    })
}

/// Whether nothing is wrong but the day.
fn is_only_too_young(form: &BookingForm, party: &PartyInput, errors: &FieldErrors) -> bool {
    let identity = party.identity().ok();
    identity.zip(form.day()).is_some_and(|(identity, day)| old_enough_on(&identity, day).as_ref() == Err(errors))
}

/// The way to the day from which the person may marry, where it can be booked already.
fn another_day(visit: &Visit, form: &BookingForm, party: &PartyInput) -> AnyView {
    let locale = visit.locale;
    let identity = party.identity().ok();
    let from = identity.map(|identity| may_marry_from(identity.sex(), identity.birth_date()));
    let last = form.held.as_ref().and_then(|held| Some(held.point.rule(form.now).ok()?.last_day(form.now)));
    let date = from.filter(|from| last.is_none_or(|last| *from <= last));
    let way = match (date, last) {
        (None, Some(last)) => {
            let last = locale.date(last);
            let text = say!(
                locale,
                "现在最远只能约到 {last}，请临近时再来。",
                "Bookings are open only up to {last}: please come back nearer the day."
            );
            view! { {text} }.into_any()
        }
        (date, _) => {
            let wish = Wish { date, ..Wish::any(&MARRIAGE) };
            view! { <a href=visit.url(&wish.path())>{locale.say("换一个日期", "Choose another day")}</a> }.into_any()
        }
    };
    view! {
        <p>
            {form.draft.kept(locale, form.now)}
            {locale.say("", " ")}
            {way}
        </p>
    }
    .into_any()
}

/// The messages at the fields of this form, which differ a little from those of the request.
fn messages(locale: Locale, who: Who, party: &PartyInput, errors: &FieldErrors) -> Vec<FieldMessage> {
    let mut messages = errors.messages(locale);
    for message in &mut messages {
        match message.field.as_str() {
            "id_type" => identity::id_type_field(&party.kind).clone_into(&mut message.field),
            // Nobody chose a sex here: the page asks for the man or for the woman.
            "sex" => {
                "id_number".clone_into(&mut message.field);
                other_sex(locale, who).clone_into(&mut message.message);
            }
            _ => {}
        }
    }
    messages
}

fn other_sex(locale: Locale, who: Who) -> &'static str {
    match who.sex() {
        Sex::Male => locale.say(
            "这是一位女士的证件号码。这一页请填写男方的号码，女方的在后面填写。",
            "This is a woman’s document number. Enter the groom’s number here; the bride’s comes later.",
        ),
        Sex::Female => locale.say(
            "这是一位男士的证件号码。这一页请填写女方的号码，男方的在前面填写。",
            "This is a man’s document number. Enter the bride’s number here; the groom’s comes before it.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_the_other_sex_is_told_at_the_number() {
        let typed = [("kind", "mainland"), ("name", "张三"), ("id_number", "440308199901101512")]
            .map(|(name, text)| (name.to_owned(), text.to_owned()));
        let mut party = PartyInput::default();
        identity::fill(&mut party, Who::Second, &typed);
        let errors = party.identity().unwrap_err();
        let messages = messages(Locale::Zh, Who::Second, &party, &errors);
        assert_eq!(messages.len(), 1);
        assert_eq!(messages[0].field, "id_number");
        assert!(messages[0].message.contains("请填写女方的号码"), "{}", messages[0].message);
    }

    #[test]
    fn what_is_wrong_with_the_phone_is_told_beside_the_rest() {
        let parties = [PartyInput::default(), PartyInput::default()];
        let today = NaiveDate::from_ymd_opt(2026, 5, 13).unwrap();
        let errors = read((&parties, false), Who::First, today, None).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["kind", "name", "id_type", "id_number", "phone"]);
    }
}
