//! What must hold in every database at every instant, whatever was done to it: each a sentence, and the statement that
//! finds what contradicts it.

use sqlx::{AnyConnection, Row};

/// A sentence that is true while its statement finds nothing.
pub struct Invariant {
    pub sentence: &'static str,
    /// Gives one text for each thing that contradicts the sentence.
    pub contradictions: &'static str,
}

const fn invariant(sentence: &'static str, contradictions: &'static str) -> Invariant {
    Invariant { sentence, contradictions }
}

/// Places and the appointments that stand on them.
const PLACES: [Invariant; 6] = [
    invariant(
        "a time counts exactly the appointments and the tickets that occupy it",
        "select cast(s.id as text) from slot s left join \
         (select slot_id, count(*) as places from appointment where occupies = 1 group by slot_id) a on a.slot_id = s.id \
         left join (select slot_id, count(*) as places from visit where occupies = 1 group by slot_id) v \
         on v.slot_id = s.id where s.taken <> coalesce(a.places, 0) + coalesce(v.places, 0)",
    ),
    invariant(
        "a time gives out no more places than it has",
        "select cast(id as text) from slot where taken > capacity or taken < 0",
    ),
    invariant(
        "an appointment is for what its time is for",
        "select a.id from appointment a join slot s on s.id = a.slot_id where a.service <> s.service",
    ),
    invariant(
        "what is released, expired or cancelled keeps no place without an end",
        "select id from appointment where occupies = 1 \
         and (state = 'expired' or occupies_until is null and state in ('released', 'cancelled'))",
    ),
    invariant(
        "what occupies no place waits for no end",
        "select id from appointment where occupies = 0 and occupies_until is not null",
    ),
    invariant(
        "a hold has a place, an end and nobody's details",
        "select id from appointment where state = 'held' \
         and (occupies = 0 or occupies_until is null or people is not null or reference is not null)",
    ),
];

/// Who holds and who is booked.
const PEOPLE: [Invariant; 6] = [
    invariant(
        "nobody is booked twice for one service",
        "select person_index from person where live = 1 group by service, person_index having count(*) > 1",
    ),
    invariant(
        "nobody counts as booked without a booking that stands",
        "select p.appointment_id from person p join appointment a on a.id = p.appointment_id \
         where p.live = 1 and (a.state <> 'booked' or a.service <> p.service)",
    ),
    invariant(
        "everybody of a booking that stands counts as booked",
        "select a.id from appointment a where a.state = 'booked' \
         and (a.released = 0 and exists (select 1 from person where appointment_id = a.id and live = 0) \
         or (select count(*) from person where appointment_id = a.id) \
         < case when a.service = 'marriage_registration' then 2 else 1 end)",
    ),
    invariant(
        "nobody holds more than two times of a service",
        "select holder from appointment where state = 'held' and holder is not null \
         group by service, holder having count(*) > 2",
    ),
    invariant(
        "a booking that stands has a place without an end, a number and people",
        "select id from appointment where state = 'booked' and (occupies = 0 or occupies_until is not null \
         or reference is null or people is null or booked_at is null)",
    ),
    invariant(
        "what was never booked keeps nobody's details",
        "select id from appointment where reference is null and (people is not null \
         or exists (select 1 from person where appointment_id = appointment.id))",
    ),
];

/// Numbers that name one thing.
const NAMES: [Invariant; 3] = [
    invariant(
        "a reference number names one booking",
        "select reference from appointment where reference is not null group by reference having count(*) > 1",
    ),
    invariant(
        "a request's key names one appointment",
        "select request_key from appointment where request_key is not null group by request_key having count(*) > 1",
    ),
    invariant(
        "a request's key is kept together with what was asked",
        "select id from appointment where (request_key is null) <> (request_body is null)",
    ),
];

/// What was done, and who was told.
const RECORD: [Invariant; 7] = [
    invariant(
        "an appointment knows how many events it has",
        "select a.id from appointment a left join \
         (select stream, count(*) as events from audit group by stream) e on e.stream = a.id \
         where a.audit_length <> coalesce(e.events, 0)",
    ),
    invariant(
        "the events of a stream are numbered without a gap",
        "select stream from audit group by stream \
         having min(sequence) <> 1 or max(sequence) <> count(*) or count(distinct sequence) <> count(*)",
    ),
    invariant(
        "an event continues the one before it",
        "select later.stream from audit later join audit earlier \
         on earlier.stream = later.stream and earlier.sequence = later.sequence - 1 where later.previous <> earlier.hash",
    ),
    invariant(
        "what was booked has one event that says so, and nothing else has",
        "select a.id from appointment a left join \
         (select stream, count(*) as made from audit where act = 'booking_made' group by stream) e on e.stream = a.id \
         where coalesce(e.made, 0) <> case when a.booked_at is null then 0 else 1 end",
    ),
    invariant(
        "every move and cancelling is counted as a change",
        "select a.id from appointment a left join (select stream, count(*) as changes from audit \
         where act in ('booking_moved', 'booking_cancelled', 'release_told') \
         or act = 'booking_released' and detail not like '%\"stands\":true%' group by stream) e on e.stream = a.id \
         where a.changes <> coalesce(e.changes, 0)",
    ),
    invariant(
        "whatever happened to a booking was told to its phones",
        "select e.stream from (select stream, act, count(*) as events from audit \
         where act in ('booking_made', 'booking_moved', 'booking_cancelled') group by stream, act) e \
         join appointment a on a.id = e.stream left join \
         (select subject, kind, count(*) as messages from outbox group by subject, kind) m \
         on m.subject = 'appointment:' || e.stream and m.kind = e.act \
         where a.people is not null and (coalesce(m.messages, 0) < e.events or m.messages > 2 * e.events)",
    ),
    invariant(
        "nobody is told what did not happen",
        "select m.subject from outbox m \
         where m.kind in ('booking_made', 'booking_moved', 'booking_cancelled') \
         and not exists (select 1 from audit where 'appointment:' || stream = m.subject and act = m.kind)",
    ),
];

/// Who is in the hall, and where.
const HALL: [Invariant; 11] = [
    invariant(
        "a visit is called to one counter, and a counter calls one visit",
        "select visit_id from open_call group by visit_id having count(*) > 1 \
         union all select cast(counter_id as text) from open_call group by counter_id having count(*) > 1",
    ),
    invariant(
        "who is at a counter has an open call there, and nobody else has one",
        "select v.id from visit v left join open_call o on o.visit_id = v.id and o.counter_id = v.counter_id \
         where (v.state in ('called', 'serving')) <> (o.visit_id is not null) \
         union all select o.visit_id from open_call o left join visit v on v.id = o.visit_id \
         where v.counter_id is null or v.counter_id <> o.counter_id",
    ),
    invariant(
        "nobody is at a counter that is closed",
        "select o.visit_id from open_call o join counter c on c.id = o.counter_id where c.state = 'closed'",
    ),
    invariant(
        "a clerk sits at one counter",
        "select staff_id from counter where staff_id is not null group by staff_id having count(*) > 1",
    ),
    invariant(
        "a ticket is one visit's of its office and day, and no higher than the day has given out",
        "select min(id) from visit where ticket is not null group by office, date, ticket having count(*) > 1 \
         union all select v.id from visit v left join office_day d on d.office = v.office and d.date = v.date \
         where v.ticket > coalesce(d.tickets, 0)",
    ),
    invariant(
        "whoever is or was in the hall has a ticket",
        "select id from visit where ticket is null and (appointment_id is null or state not in ('booked', 'no_show'))",
    ),
    invariant(
        "a booking is marked exactly while the hall has begun with it",
        "select a.id from appointment a left join visit v on v.appointment_id = a.id and v.state <> 'booked' \
         where (a.arrived = 1) <> (v.id is not null)",
    ),
    invariant(
        "nobody is in the hall with a booking that was ended",
        "select v.id from visit v join appointment a on a.id = v.appointment_id \
         where v.state in ('arrived', 'called', 'serving', 'parked') and (a.released = 1 or a.state not in ('booked', 'past'))",
    ),
    invariant("nobody has priority who has not come", "select id from visit where priority = 1 and state = 'booked'"),
    invariant(
        "a visit and a counter know how many events they have",
        "select v.id from visit v left join \
         (select stream, count(*) as events from audit group by stream) e on e.stream = 'visit:' || v.id \
         where v.audit_length <> coalesce(e.events, 0) \
         union all select cast(c.id as text) from counter c left join \
         (select stream, count(*) as events from audit group by stream) e on e.stream = 'counter:' || cast(c.id as text) \
         where c.audit_length <> coalesce(e.events, 0)",
    ),
    invariant(
        "nobody is told of a visit what its record does not say",
        "select m.subject from outbox m where m.kind like 'visit_%' and not exists (select 1 from audit a \
         where m.subject = 'appointment:' || substr(a.stream, 7) and a.detail like '%\"told\":\"' || m.kind || '\"%')",
    ),
];

/// Who works here.
const STAFF: [Invariant; 4] = [
    invariant(
        "nobody is signed in whose account waits for a second person or is suspended",
        "select s.id from staff_session s join staff_account a on a.name = s.account \
         where a.suspended_at is not null or a.opened_by is not null and a.seen_by is null",
    ),
    invariant(
        "a second person is neither the first nor the one it is about",
        "select name from staff_account where seen_by in (opened_by, staff_id) or agreed_by in (suspended_by, staff_id)",
    ),
    invariant(
        "what is said of a place was confirmed by another than who proposed it",
        "select id from place_change where outcome = 'confirmed' and (decided_by is null or decided_by = proposer)",
    ),
    invariant(
        "an account whose owner's number was erased is closed",
        "select name from staff_account where ended_at is not null and suspended_at is null",
    ),
];

/// Applications.
const CASES: [Invariant; 14] = [
    invariant(
        "who filled a case in, who proposed and who signed are three people",
        "select id from procedure_case where filed_by in (proposed_by, approved_by) or proposed_by = approved_by",
    ),
    invariant(
        "nobody decides on their own application",
        "select c.id from procedure_case c join staff s on s.id in (c.proposed_by, c.approved_by) \
         where s.person_index = c.applicant_index",
    ),
    invariant(
        "whoever put an answer into a case did not sign it",
        "select c.id from procedure_case c join case_hand h on h.case_id = c.id where h.staff_id = c.approved_by",
    ),
    invariant(
        "whoever gave a further signature neither filled the case in nor signed it",
        "select c.id from procedure_case c join case_cosign s on s.case_id = c.id where s.staff_id in (c.filed_by, c.approved_by)",
    ),
    invariant(
        "what was decided was proposed and signed",
        "select id from procedure_case where state in ('decided', 'closed') \
         and (proposed_by is null or approved_by is null or decided_at is null)",
    ),
    invariant(
        "what is granted once is granted in one case",
        "select value_index from procedure_once where granted = 1 \
         group by procedure, field, value_index having count(*) > 1",
    ),
    invariant(
        "nothing counts as granted by a case that nobody signed",
        "select o.case_id from procedure_once o where o.granted = 1 and not exists \
         (select 1 from audit e where e.stream = 'case:' || o.case_id and e.act = 'case_approved')",
    ),
    invariant(
        "a case knows how many events it has",
        "select c.id from procedure_case c left join \
         (select stream, count(*) as events from audit group by stream) e on e.stream = 'case:' || c.id \
         where c.audit_length <> coalesce(e.events, 0)",
    ),
    invariant(
        "a draft that was handed in is found by nobody's phone",
        "select id from application_draft where submitted is not null \
         and (phone_index is not null or id_tail_index is not null)",
    ),
    invariant(
        "the office waits for a family exactly while it was asked for something",
        "select c.id from procedure_case c where case when c.state = 'supplementing' then 1 else 0 end \
         <> (select count(*) from case_pause p where p.case_id = c.id and p.came_on is null)",
    ),
    invariant(
        "a draft that was handed in keeps no file",
        "select f.id from case_file f join application_draft d on d.id = f.draft_id where d.submitted is not null",
    ),
    invariant(
        "only a bad rating is followed up",
        "select f.case_id from case_follow_up f join case_rating r on r.case_id = f.case_id where r.grade > 2",
    ),
    invariant(
        "cases that name the same are looked for among each other's rivals",
        "select o.case_id from procedure_once o join procedure_once r on r.value_index = o.value_index and r.field = o.field \
         and r.procedure = o.procedure and r.case_id <> o.case_id join procedure_case c on c.id = o.case_id \
         where c.contested = 0",
    ),
    invariant(
        "a word of a family waits since it was written",
        "select c.id from procedure_case c where c.written_at is not null and not exists \
         (select 1 from case_message m where m.case_id = c.id and m.side = 'family' and m.at = c.written_at)",
    ),
];

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Invariant> {
    PLACES.iter().chain(&PEOPLE).chain(&NAMES).chain(&RECORD).chain(&HALL).chain(&STAFF).chain(&CASES)
}

/// The sentences that are not true, each with some of what contradicts it.
pub async fn broken(connection: &mut AnyConnection) -> Vec<String> {
    let mut broken = Vec::new();
    for Invariant { sentence, contradictions } in all() {
        let rows = sqlx::query(*contradictions).fetch_all(&mut *connection).await.unwrap();
        let some: Vec<String> = rows.iter().take(5).map(|row| row.get(0)).collect();
        if !some.is_empty() {
            broken.push(format!("not true: {sentence} ({} times, such as {})", rows.len(), some.join(", ")));
        }
    }
    broken
}
