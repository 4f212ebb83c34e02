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
            .page(
                "/kiosk/{office}",
                Who::Anyone,
                Cache::Never,
                get(async || refuse(Problem::RateLimited { retry_after: 1 }))
                    .post(async || refuse(Problem::Unavailable)),
            )
            .page("/display/{office}", Who::Anyone, Cache::Never, get(async || refuse(Problem::Unavailable)))
            .page("/screen/{code}", Who::Anyone, Cache::Never, get(async || refuse(Problem::Busy)))
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

#[tokio::test]
async fn a_screen_in_a_hall_that_met_a_problem_leads_nowhere_else_and_goes_back_to_its_start_by_itself() {
    let house = TestSite::open(&[]).await;
    let ask = async |request: axum::http::request::Builder| {
        answer(Site::of(REFUSING), &house.app, request.body(Body::empty()).unwrap()).await
    };
    let sent = || Request::post("/kiosk/nanshan").header("sec-fetch-site", "same-origin");
    let foreign = || Request::post("/kiosk/nanshan").header("sec-fetch-site", "cross-site");
    for (request, status, refresh, words) in [
        (Request::get("/kiosk/nanshan?large"), 429, "60; url=/kiosk/nanshan", "按得太快了"),
        (Request::get("/en/kiosk/nanshan"), 429, "60; url=/en/kiosk/nanshan", "Too many presses"),
        (sent(), 503, "60; url=/kiosk/nanshan", "这一步没有办成"),
        (foreign(), 403, "60; url=/kiosk/nanshan", "没有看懂这一步"),
        (Request::get("/kiosk/nanshan/none"), 404, "60; url=/kiosk/nanshan", "请到前台"),
        (Request::get("/display/nanshan?refresh"), 503, "5; url=/display/nanshan?refresh", "叫号暂时显示不了"),
        (Request::get("/display/nanshan/none"), 404, "5; url=/display/nanshan", "Please ask at the desk"),
    ] {
        let answer = ask(request).await;
        assert_eq!((answer.status.as_u16(), answer.header("refresh")), (status, refresh), "{words}");
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
        let ways: Vec<_> = answer.body.match_indices("<a ").map(|(at, _)| &answer.body[at..]).collect();
        assert!(ways.iter().all(|way| way.contains("/kiosk/nanshan\"")), "{words}: {}", answer.body);
        assert_eq!(ways.len(), usize::from(refresh.starts_with("60")), "{words}: {}", answer.body);
    }
    let link = ask(Request::get("/screen/code")).await;
    assert!(link.body.contains("再打开一次") && !link.body.contains("href=\"/\""), "{}", link.body);
}
