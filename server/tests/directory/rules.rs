//! What the database refuses, whoever asks.

use server::database::{DatabaseError, Rule};

use crate::support::{Setup, test_apps};

#[tokio::test]
async fn a_listed_place_is_never_deleted_a_change_ends_and_nothing_belongs_to_itself() {
    for test in test_apps(Setup::default()).await {
        let mut connection = test.connection().await;
        for (statement, rule) in [
            ("delete from listing where place_id = 'es-440305007'", Rule::ListingStays),
            ("update listing set place_id = 'demo-bay-hall' where place_id = 'es-440305007'", Rule::ListingStays),
            (
                "insert into listing_change (id, place_id, kind, body, starts_at, ends_at, reason_zh, reason_en, made_at) \
                 values ('x', 'es-440305007', 'closed', '', 5, 5, '', '', 1)",
                Rule::ListingChangeEnds,
            ),
            ("update place set parent = 'es-440305007' where id = 'es-440305007'", Rule::PlaceHasNoLoop),
            ("update place set parent = 'es-440305007003' where id = 'es-440305007'", Rule::PlaceHasNoLoop),
            (
                "update place set parent = (select id from place where parent = 'es-440305007003' limit 1) \
                 where id = 'es-440305007'",
                Rule::PlaceHasNoLoop,
            ),
        ] {
            let refused = sqlx::raw_sql(statement).execute(&mut connection).await.map_err(DatabaseError::from);
            assert!(
                matches!(&refused, Err(DatabaseError::Refused(found)) if *found == rule),
                "{statement}: {refused:?}"
            );
        }
        let gone = sqlx::raw_sql("delete from place where id = 'es-440305007'").execute(&mut connection).await;
        assert!(gone.is_err(), "what is listed keeps its place");
    }
}

#[tokio::test]
async fn listed_places_where_nobody_works_with_the_portal_are_no_offices() {
    for test in test_apps(Setup::default()).await {
        let offices = server::counter::office::list(&test.app).await.unwrap();
        let offices: Vec<_> = offices.iter().map(|office| office.id.as_str()).collect();
        assert_eq!(offices, ["nanshan", "demo-bay", "demo-hill"]);
    }
}
