//! A day with more bookings than a test could make one by one: written beside the portal, sealed and indexed as its own are,
//! without events of their own.

use server::keys::token::new_id;
use server::marriage::BOOKABLE;
use shared::appointments::BookingReference;
use shared::counter::VisitId;
use shared::marriage::SERVICE;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Connection as _, Row as _, query::Query};

use crate::TestApp;

/// One of them.
#[derive(Clone, Debug)]
pub struct OfCrowd {
    pub visit: VisitId,
    pub reference: BookingReference,
    /// Of the man, as it was typed.
    pub id_number: String,
}

/// Rows written by one statement.
const AT_ONCE: usize = 100;

struct Row {
    id: String,
    slot: i64,
    reference: String,
    people: Vec<u8>,
    indexes: Vec<String>,
}

/// Books invented couples at a registry, as many in each time of the day, which gets as many more places. In the order of
/// their times.
pub async fn book(test: &TestApp, (registry, date): (&str, &str), count: usize) -> Vec<OfCrowd> {
    let mut connection = test.connection().await;
    let statement = "select id from slot where place_id = $1 and date = $2 and service = $3 order by starts_at";
    let slots = sqlx::query(statement).bind(registry).bind(date).bind(SERVICE.name());
    let slots: Vec<i64> = slots.fetch_all(&mut connection).await.unwrap().iter().map(|row| row.get(0)).collect();
    let (mut crowd, mut rows) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let keys = test.app.keys();
    for n in 0..count {
        let attendees = (BOOKABLE.invented)(n).unwrap();
        let (id, slot) = (new_id(), slots[n * slots.len() / count]);
        let reference = BookingReference::from_random(u64::try_from(n).unwrap() * 7_919 + 1);
        let people = keys.seal(&format!("appointment:{id}"), &attendees.keep());
        let indexes = attendees.identities().iter().map(|one| keys.blind_index("person", one)).collect();
        let id_number = attendees.in_full().into_iter().find_map(|one| one.id_number).unwrap();
        crowd.push(OfCrowd { visit: VisitId::parse(&id).unwrap(), reference, id_number });
        rows.push(Row { id, slot, reference: reference.as_str().to_owned(), people, indexes });
    }
    let mut writing = connection.begin().await.unwrap();
    let now = test.now().timestamp_millis();
    for rows in rows.chunks(AT_ONCE) {
        write(&mut writing, rows, now).await;
    }
    for slot in &slots {
        let taken = i64::try_from(rows.iter().filter(|row| row.slot == *slot).count()).unwrap();
        let statement = "update slot set capacity = capacity + $1, taken = taken + $1 where id = $2";
        sqlx::query(statement).bind(taken).bind(*slot).execute(&mut *writing).await.unwrap();
    }
    writing.commit().await.unwrap();
    crowd
}

async fn write(connection: &mut AnyConnection, rows: &[Row], now: i64) {
    let line = |place: usize| {
        let [id, slot, reference, people] = [1, 2, 3, 4].map(|n| 4 * place + n);
        format!(
            "(${id}, ${slot}, 'marriage_registration', 'booked', 1, 0, ${reference}, ${people}, 'zh-CN', {now}, {now}, 0, '')"
        )
    };
    let lines: Vec<_> = (0..rows.len()).map(line).collect();
    let statement = format!(
        "insert into appointment (id, slot_id, service, state, occupies, extensions_left, reference, people, locale, \
         created_at, booked_at, audit_length, audit_head) values {}",
        lines.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for row in rows {
        query = query.bind(row.id.clone()).bind(row.slot).bind(row.reference.clone()).bind(row.people.clone());
    }
    execute(connection, query).await;

    let people: Vec<_> = rows.iter().flat_map(|row| row.indexes.iter().map(|index| (&row.id, index))).collect();
    let line = |place: usize| format!("(${}, 'marriage_registration', ${}, 1)", 2 * place + 1, 2 * place + 2);
    let lines: Vec<_> = (0..people.len()).map(line).collect();
    let statement =
        format!("insert into person (appointment_id, service, person_index, live) values {}", lines.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(statement));
    for (id, index) in people {
        query = query.bind(id.clone()).bind(index.clone());
    }
    execute(connection, query).await;
}

async fn execute(connection: &mut AnyConnection, query: Query<'_, Any, sqlx::any::AnyArguments>) {
    query.execute(connection).await.unwrap();
}
