//! Pages for staff: who is let in, and what another site can make of it.

use server::staff::sign_in::SignedIn;
use shared::staff::{Right, Role};
use testhouse::{
    Setup, TestApp,
    staff::{Clerk, clerk, cookies},
    test_apps,
};

use super::*;

async fn of_staff(Extension(staff): Extension<Arc<server::staff::authority::Staff>>) -> String {
    staff.account().to_string()
}

const DOOR: &str = "/staff/sign-in";

fn pages() -> Site {
    let page = || get(of_staff).post(of_staff);
    Site::of(&[])
        .page("/mine", Who::SignedIn, Cache::Never, page())
        .page("/day", Who::Staff(Right::SeeDay), Cache::Never, page())
        .page("/logs", Who::Staff(Right::ReadLogs), Cache::Never, page())
}

async fn ask(test: &TestApp, path: &str, headers: &[(&str, &str)], method: Method) -> Answer {
    let request = Request::builder().method(method).uri(path);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    answer(pages(), &test.app, request.body(Body::empty()).unwrap()).await
}

async fn signed_in_clerk(test: &TestApp) -> (Clerk, SignedIn) {
    let clerk = clerk(test, 1).await;
    clerk.is_given(test, Role::CounterClerk, "nanshan").await;
    let signed = clerk.sign_in(test, None).await;
    (clerk, signed)
}

#[tokio::test]
async fn a_page_for_staff_is_drawn_for_who_is_signed_in_and_has_its_right() {
    for test in test_apps(Setup::default()).await {
        let (_, signed) = signed_in_clerk(&test).await;
        let sent = cookies(&signed);
        for (path, status) in [("/mine", StatusCode::OK), ("/day", StatusCode::OK), ("/logs", StatusCode::FORBIDDEN)] {
            for method in [Method::GET, Method::POST] {
                let answer = ask(&test, path, &[("cookie", &sent)], method.clone()).await;
                assert_eq!(answer.status, status, "{method} {path}");
                assert_eq!(answer.header("cache-control"), "no-store");
                assert_eq!(answer.body == "clerk1", status == StatusCode::OK, "{}", answer.body);
            }
            let nobody = [("cookie", "staff=none; session=none")];
            let looked = ask(&test, path, &nobody, Method::GET).await;
            assert_eq!((looked.status, looked.header("location")), (StatusCode::SEE_OTHER, DOOR), "{path}");
            let form =
                [nobody[0], ("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
            let sent = ask(&test, path, &form, Method::POST).await;
            assert_eq!(sent.status, StatusCode::UNAUTHORIZED, "{path}");
            assert!(sent.body.contains("工作人员登录") && sent.header("cache-control") == "no-store", "{path}");
            assert_eq!(ask(&test, path, &[], Method::PUT).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        }
        test.wait(server::staff::session::IDLE);
        let over = ask(&test, "/day", &[("cookie", &sent)], Method::GET).await;
        assert_eq!((over.status, over.header("location")), (StatusCode::SEE_OTHER, DOOR));
    }
}

#[tokio::test]
async fn no_other_site_uses_the_browser_of_a_clerk() {
    for test in test_apps(Setup::default()).await {
        let (_, signed) = signed_in_clerk(&test).await;
        let sent = cookies(&signed);
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("origin", "null")]
        {
            let answer = ask(&test, "/day", &[("cookie", &sent), (name, value)], Method::POST).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        }
    }
}
