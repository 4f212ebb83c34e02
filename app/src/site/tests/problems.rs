//! What a page says when it gives up.

use server::Rejection;
use shared::{
    appointments::Refusal,
    field::{FieldErrors, Reason},
    locale::Locale,
    problem::Problem,
};

use super::*;
use crate::{components::sign::Sign, words::Text};

/// Pages that give up.
const REFUSING: &[Domain] = &[Domain {
    name: "refusing",
    service: Some(Service {
        calm: false,
        help: None,
        name: ["某项服务", "Some service"],
        start: "/some",
        tile: Tile {
            sign: Sign::Home,
            what: Text("", ""),
            warm: false,
            more_title: Text("", ""),
            more: |_| Vec::new(),
        },
        booking: None,
    }),
    pages: |site| {
        site.page("/ended", Who::Anyone, Cache::UntilKnown, get(async || refuse(Refusal::BookingEnded)))
            .page("/often", Who::Anyone, Cache::Never, get(async || refuse(Problem::RateLimited { retry_after: 661 })))
            .page(
                "/field",
                Who::Anyone,
                Cache::Never,
                get(async || refuse(Problem::Fields(FieldErrors::one("date", Reason::WrongType)))),
            )
            .page(
                "/busy",
                Who::Anyone,
                Cache::Never,
                get(async || refuse(Problem::Busy)).post(async || refuse(Problem::Busy)),
            )
            .page("/read", Who::Anyone, Cache::Never, get(async || refuse(Problem::Malformed)))
    },
    changes_with: &[],
    sheets: &[],
}];

fn refuse(problem: impl Into<Problem>) -> Result<Response, Rejection> {
    Err(problem.into().into())
}

#[tokio::test]
async fn a_problem_is_told_in_its_own_words_with_the_way_back_to_its_service() {
    let house = TestSite::open(&[]).await;
    let ask = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        answer(Site::of(REFUSING), &house.app, request).await
    };
    let unread = ["没有看懂这次提交的内容", "We could not read what was sent"];

    let ended = Problem::from(Refusal::BookingEnded);
    for (path, locale) in [("/ended", Locale::Zh), ("/en/ended", Locale::En)] {
        let answer = ask(path).await;
        assert_eq!(answer.status.as_u16(), ended.status(), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.body.contains(&ended.title(locale)) && answer.body.contains(&ended.sentence(locale)), "{path}");
        assert!(!unread.iter().any(|words| answer.body.contains(words)), "{path}");
        let (start, home) = (format!("href=\"{}/some\"", locale.prefix()), locale.say("href=\"/\"", "href=\"/en\""));
        assert!(answer.body.contains(&start) && answer.body.contains(home), "{path}: {}", answer.body);
        assert!(answer.body.contains(locale.say("某项服务", "Some service")), "{path}");
    }

    let often = ask("/en/often").await;
    assert_eq!((often.status, often.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "661"));
    assert!(often.body.contains("try again in 12 minutes"), "{}", often.body);
    assert!(often.body.contains("href=\"/en/often\""), "the way back to the page: {}", often.body);

    let field = ask("/field").await;
    assert_eq!(field.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(field.body.contains(&FieldErrors::one("date", Reason::WrongType).messages(Locale::Zh)[0].message));

    let opened = ask("/busy").await;
    assert!(
        opened.body.contains("这一页没有打开，什么都没有改变") && opened.body.contains("再打开一次"),
        "{}",
        opened.body
    );
    let here = [("sec-fetch-site", "same-origin")];
    let request = here.iter().fold(Request::post("/busy"), |request, (name, value)| request.header(*name, *value));
    let sent = answer(Site::of(REFUSING), &house.app, request.body(Body::empty()).unwrap()).await;
    assert!(sent.body.contains("这一步没有办成") && !sent.body.contains("再打开一次"), "{}", sent.body);

    assert!(ask("/read").await.body.contains(unread[0]));
    assert!(!ask("/elsewhere").await.body.contains("某项服务"), "an address of nobody leads home only");
}
