use super::*;
use shared::counter::ActName::{
    Arrive, Call, Finish, GivePriority, HandOver, Left, NoShow, Park, Redirect, Serve, Undo,
};

/// What acts count for whoever did all of them, each so many seconds after the one before.
fn counted(acts: &[(ActName, i64)]) -> Counts {
    let mut at = DateTime::UNIX_EPOCH;
    let events = acts.iter().map(|(act, passed)| {
        at += chrono::TimeDelta::seconds(*passed);
        Event { at, actor: "staff:one".to_owned(), what: What::Act(*act), from_paper: false }
    });
    of_visit(events.collect()).remove("staff:one").unwrap_or_default()
}

fn calls(acts: &[(ActName, i64)]) -> [u32; 3] {
    let Counts { calls, put_away, at_once, .. } = counted(acts);
    [calls, put_away, at_once]
}

#[test]
fn whoever_is_put_away_in_the_middle_of_being_served_counts_apart() {
    let acts = [(Arrive, 0), (Call, 5), (Serve, 5), (Park, 56)];
    assert_eq!((calls(&acts), counted(&acts).broken_off), ([1, 0, 0], 1), "pressing “serve” hides nothing");
    assert_eq!(counted(&[(Arrive, 0), (Call, 5), (Serve, 5), (Park, 5)]).broken_off, 0);
}

#[test]
fn whoever_is_called_and_put_away_unserved_counts_and_within_a_minute_counts_apart() {
    for away in [Park, NoShow, Left, HandOver] {
        assert_eq!(calls(&[(Arrive, 0), (Call, 5), (away, 59)]), [1, 1, 1], "{away:?}");
        assert_eq!(calls(&[(Arrive, 0), (Call, 5), (away, 60)]), [1, 1, 0], "waiting out the minute: {away:?}");
    }
    assert_eq!(calls(&[(Arrive, 0), (Call, 5), (Serve, 5), (Finish, 600)]), [1, 0, 0]);
    assert_eq!(calls(&[(Arrive, 0), (Call, 5), (Serve, 5), (Park, 600)]), [1, 0, 0], "they lack a paper");
    assert_eq!(calls(&[(Arrive, 0), (Call, 5), (Serve, 1), (Park, 1)]), [1, 1, 1], "nobody is served in a second");
}

#[test]
fn a_call_that_is_undone_counts_and_one_that_is_repeated_is_one() {
    assert_eq!(calls(&[(Arrive, 0), (Call, 5), (Undo, 3)]), [1, 1, 1]);
    assert_eq!(calls(&[(Arrive, 0), (Call, 5), (NoShow, 3), (Undo, 3), (Undo, 3), (Call, 9)]), [2, 1, 1]);
    assert_eq!(calls(&[(Arrive, 0), (Call, 5), (Call, 30), (Call, 40), (NoShow, 30)]), [1, 1, 0], "of the first");
    assert_eq!(calls(&[(Arrive, 0), (Call, 5), (Call, 30), (Undo, 3), (Serve, 3)]), [1, 0, 0]);
    assert_eq!(calls(&[(Arrive, 0), (Call, 5), (Park, 5), (Undo, 9), (Serve, 3)]), [1, 0, 0], "a slip is none");
}

#[test]
fn whoever_is_called_back_to_a_counter_is_called_and_one_who_was_set_aside_waits_for_nobody() {
    let events = |last: &[What]| {
        let acts = [Arrive, Call, Park].map(What::Act).into_iter().chain(last.iter().copied());
        let at = |place: i64| DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(2 * place);
        let event = |(place, what)| Event { at: at(place), actor: "staff:one".to_owned(), what, from_paper: false };
        of_visit((0..).zip(acts).map(event).collect())["staff:one"]
    };
    let of = |last: &[What]| {
        let Counts { calls, put_away, left, .. } = events(last);
        [calls, put_away, left]
    };
    assert_eq!(of(&[What::BackToCounter, What::Act(Left)]), [2, 2, 0], "they did not wait");
    assert_eq!(of(&[What::BackToCounter, What::Act(Serve), What::Act(Finish)]), [2, 1, 0]);
    assert_eq!(of(&[What::Act(Left)]), [1, 1, 0], "set aside is not in the line");
    assert_eq!(of(&[What::BackToCounter, What::Act(Undo)]), [2, 2, 0], "a call that is undone counts");
}

#[test]
fn marks_and_whoever_waited_and_is_gone_count_once() {
    let of = |acts: &[_]| {
        let Counts { priority, called_themselves, left, .. } = counted(acts);
        [priority, called_themselves, left]
    };
    assert_eq!(of(&[(Arrive, 0), (GivePriority, 5), (Call, 5)]), [1, 1, 0]);
    assert_eq!(of(&[(Arrive, 0), (GivePriority, 5), (Undo, 5), (Left, 5)]), [0, 0, 1]);
    assert_eq!(of(&[(Arrive, 0), (Call, 5), (Left, 5)]), [0, 0, 0], "they had been called");
    assert_eq!(of(&[(Arrive, 0), (Call, 5), (Serve, 5), (Left, 5)]), [0, 0, 0], "they were served");
}

#[test]
fn whoever_waits_and_is_taken_out_of_the_line_counts_also_where_that_is_undone() {
    for removed in [Left, Redirect] {
        assert_eq!(counted(&[(Arrive, 0), (removed, 5)]).left, 1, "{removed:?}");
        assert_eq!(counted(&[(Arrive, 0), (removed, 5), (Undo, 30)]).left, 1, "{removed:?}");
    }
    assert_eq!(counted(&[(Arrive, 0), (Call, 5), (Serve, 5), (Left, 5), (Undo, 5)]).left, 0);
}

#[test]
fn whoever_is_sent_home_within_the_minute_was_not_served() {
    let at = |seconds| DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(seconds);
    let event = |what, seconds| Event { at: at(seconds), actor: "staff:one".to_owned(), what, from_paper: false };
    let of = |seconds: i64| {
        let acts = [(What::Act(Arrive), 0), (What::Act(Call), 5), (What::Act(Serve), 6), (What::InVain, 5 + seconds)];
        let counts = of_visit(acts.map(|(what, at)| event(what, at)).into())["staff:one"];
        [counts.put_away, counts.at_once, counts.broken_off]
    };
    assert_eq!(of(59), [1, 1, 0]);
    assert_eq!(of(60), [0, 0, 0]);
}

#[test]
fn what_is_entered_from_paper_is_no_call_and_undone_as_one() {
    let event = |act, from_paper| Event {
        at: DateTime::UNIX_EPOCH,
        actor: "staff:one".to_owned(),
        what: What::Act(act),
        from_paper,
    };
    let line = || [Arrive, Call, Serve, Finish].map(|act| event(act, true));
    assert_eq!(of_visit(line().into()), Tally::new());
    let undone = line().into_iter().chain([event(Undo, false), event(Arrive, false), event(Call, false)]);
    assert_eq!(of_visit(undone.collect())["staff:one"], Counts { calls: 1, ..Counts::default() });
}

#[test]
fn whoever_is_entered_from_paper_and_waits_counts_for_whoever_entered_them_also_after_their_end_was_undone() {
    let event = |what, minute, from_paper| Event {
        at: DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minute),
        actor: "staff:one".to_owned(),
        what,
        from_paper,
    };
    let line = |what| event(what, 0, true);
    let of = |events: Vec<Event>| of_visit(events).remove("staff:one").unwrap_or_default().from_paper;
    assert_eq!(of(vec![line(What::TicketOnPaper)]), 1);
    assert_eq!(of(vec![line(What::ArrivalOnPaper), event(What::Act(Call), 5, false)]), 1);
    let went = || vec![line(What::TicketOnPaper), line(What::Act(Left))];
    assert_eq!(of(went()), 0, "they do not wait");
    let undone = went().into_iter().chain([event(What::Act(Undo), 0, false)]);
    assert_eq!(of(undone.collect()), 1, "once that is undone they do");
    let came = [What::ArrivalOnPaper, What::Act(Left)].map(line).into_iter();
    assert_eq!(of(came.chain([event(What::Act(Undo), 0, false)]).collect()), 0, "they are expected as before");
    let later = vec![line(What::TicketOnPaper), event(What::Act(Left), 3, true)];
    assert_eq!(of(later), 1, "what another line says of them came afterwards");
    assert_eq!(of(vec![line(What::Ticket), line(What::Act(Arrive))]), 0, "on another day nobody is called");
}
