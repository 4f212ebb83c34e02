//! What somebody who knows the law made of families without having seen these files.

use super::*;

/// The standing of a family that typed this: of the usual one of a place, what differs.
struct Vector {
    place: &'static str,
    typed: &'static [(&'static str, &'static str)],
    status: Option<Status>,
    /// In yuan; none where only the bureau can say it.
    yuan: Option<i64>,
}

const USUAL: [(&str, &str); 9] = [
    ("deceased_hukou_here", "yes"),
    ("died_on", "2026-04-06"),
    ("burial_kind", "sea"),
    ("unmarked", "yes"),
    ("none_kept", "yes"),
    ("buried_on", "2026-05-10"),
    ("buried_here", "yes"),
    ("organised", "yes"),
    ("relation", "child"),
];

const fn vector(
    place: &'static str,
    typed: &'static [(&'static str, &'static str)],
    status: Option<Status>,
    yuan: Option<i64>,
) -> Vector {
    Vector { place, typed, status, yuan }
}

const LIKELY: Option<Status> = Some(Status::Likely);
const BUREAU: Option<Status> = Some(Status::Bureau);
const NO: Option<Status> = Some(Status::No);
/// The rules that were seen are of other days, so the bureau is asked.
const OUTSIDE: Option<Status> = None;

#[test]
fn families_come_out_as_somebody_who_knows_the_law_reads_it() {
    let (shenzhen, guangzhou, qingdao) = ("440300", "440100", "370200");
    let (jinan, dinghai, longnan) = ("370100", "330902", "360783");
    let elsewhere = ("deceased_hukou_here", "no");
    for Vector { place, typed, status, yuan } in [
        vector(shenzhen, &[], LIKELY, None),
        vector(
            shenzhen,
            &[("burial_kind", "tree"), ("died_on", "2024-02-01"), ("buried_on", "2024-03-10")],
            LIKELY,
            None,
        ),
        vector(shenzhen, &[("deceased_hukou_here", "no"), ("cremated_here", "yes")], BUREAU, None),
        vector(shenzhen, &[("deceased_hukou_here", "no"), ("cremated_here", "no")], BUREAU, None),
        vector(shenzhen, &[("deceased_hukou_here", "no"), ("burial_kind", "tree")], BUREAU, None),
        vector(shenzhen, &[("organised", "no")], NO, None),
        vector(shenzhen, &[("burial_kind", "tree"), ("unmarked", "no")], NO, None),
        vector(shenzhen, &[("burial_kind", "niche")], NO, None),
        vector(shenzhen, &[("burial_kind", "scatter")], BUREAU, None),
        vector(shenzhen, &[("burial_kind", "deep")], BUREAU, None),
        vector(shenzhen, &[("died_on", "2022-01-06"), ("buried_on", "2022-03-10")], LIKELY, Some(3_000)),
        vector(shenzhen, &[("died_on", "2012-12-31")], BUREAU, None),
        vector(shenzhen, &[("relation", "sibling")], BUREAU, None),
        vector(shenzhen, &[("relation", "other")], BUREAU, None),
        vector(shenzhen, &[("relation", "mandated")], BUREAU, None),
        vector(shenzhen, &[("buried_on", "2026-10-01")], LIKELY, None),
        vector(guangzhou, &[("died_on", "2012-12-31")], NO, None),
        vector(guangzhou, &[("died_on", "2013-01-01")], LIKELY, Some(2_000)),
        vector(guangzhou, &[("deceased_hukou_here", "no"), ("moved_away", "no")], NO, None),
        vector(guangzhou, &[("deceased_hukou_here", "no"), ("moved_away", "yes")], NO, None),
        vector(guangzhou, &[("burial_kind", "tree")], NO, None),
        vector(guangzhou, &[("organised", "no")], NO, None),
        vector(guangzhou, &[("relation", "mandated")], LIKELY, Some(2_000)),
        vector(guangzhou, &[("relation", "guardian")], LIKELY, Some(2_000)),
        vector(guangzhou, &[("died_on", "2023-11-01"), ("buried_on", "2023-12-31")], OUTSIDE, None),
        vector(qingdao, &[], LIKELY, Some(1_000)),
        vector(jinan, &[("died_on", "2023-02-06"), ("buried_on", "2023-03-31")], LIKELY, Some(4_000)),
        vector(jinan, &[("died_on", "2023-02-06"), ("buried_on", "2023-04-01")], OUTSIDE, None),
        vector(jinan, &[("died_on", "2012-12-31"), ("buried_on", "2026-05-10")], OUTSIDE, None),
        vector(jinan, &[("died_on", "2017-12-31"), ("buried_on", "2022-05-10")], NO, None),
        vector(jinan, &[("died_on", "2022-01-06"), ("buried_on", "2022-05-10"), ("burial_kind", "tree")], BUREAU, None),
        vector(
            jinan,
            &[("died_on", "2022-01-06"), ("buried_on", "2022-05-10"), ("burial_kind", "niche")],
            BUREAU,
            None,
        ),
        vector(dinghai, &[], BUREAU, None),
        vector(dinghai, &[("burial_kind", "tree")], BUREAU, None),
        vector(dinghai, &[("deceased_hukou_here", "no"), ("moved_away", "no")], BUREAU, None),
        vector(dinghai, &[("died_on", "2025-04-06"), ("buried_on", "2025-05-10")], BUREAU, None),
        vector(longnan, &[("burial_kind", "river")], LIKELY, Some(3_000)),
        vector(longnan, &[("burial_kind", "river"), ("relation", "mandated")], LIKELY, Some(3_000)),
        vector(longnan, &[("burial_kind", "river"), ("none_kept", "no")], BUREAU, None),
        vector(longnan, &[("burial_kind", "river"), ("organised", "no")], NO, None),
        vector(longnan, &[("burial_kind", "river"), ("deceased_hukou_here", "no")], NO, None),
        vector(longnan, &[("burial_kind", "tree")], BUREAU, None),
        vector(
            longnan,
            &[("died_on", "2025-01-06"), ("buried_on", "2025-04-22"), ("burial_kind", "river")],
            OUTSIDE,
            None,
        ),
    ] {
        stands(place, "green_burial", (&USUAL, typed), (status, yuan));
    }
    let fees = [
        ("deceased_hukou_here", "yes"),
        ("cremated_here", "no"),
        ("died_here", "no"),
        ("cremated_on", "2026-04-10"),
        ("paid", "9000"),
        ("relation", "child"),
    ];
    for (typed, status, yuan) in [
        (&[][..], LIKELY, Some(2_200)),
        (&[("cremated_on", "2018-05-01")], LIKELY, Some(2_030)),
        (&[("cremated_here", "yes")], NO, None),
        (&[("died_here", "yes")], BUREAU, Some(2_200)),
        (&[elsewhere], BUREAU, Some(2_200)),
        (&[("cremated_on", "2012-06-14")], OUTSIDE, None),
    ] {
        stands(shenzhen, "funeral_fees", (&fees, typed), (status, yuan));
    }
}

type Answers<'a> = &'a [(&'a str, &'a str)];

#[track_caller]
fn stands(
    place: &str,
    id: &str,
    (usual, changed): (Answers<'_>, Answers<'_>),
    (status, yuan): (Option<Status>, Option<i64>),
) {
    let procedure = compile(&files(), place, id).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let typed: Typed = usual.iter().chain(changed).copied().map(owned).collect();
    let checked = procedure.check(&typed, date("2026-11-30"));
    assert_eq!(checked.verdict().map(|verdict| verdict.status), status, "{place} {id} {changed:?}");
    let sum = checked.verdict().and_then(|verdict| verdict.amount).and_then(Span::value);
    assert_eq!(sum, yuan.map(|yuan| (yuan * 100).into()), "{place} {id} {changed:?}");
}
